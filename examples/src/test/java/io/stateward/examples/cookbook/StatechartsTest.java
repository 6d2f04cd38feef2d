package io.stateward.examples.cookbook;

import static io.stateward.examples.cookbook.Statecharts.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.Statecharts.Door;
import io.stateward.persist.RecordStore;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.analysis.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatechartsTest {

  @Test
  void step_isPure() {
    assertThat(Statecharts.pure()).isEmpty();
  }

  @Test
  void instance_wrongCode_isRejectedByName() {
    assertThat(Statecharts.confined()).isEqualTo(new Outcome.Rejected(List.of("right code")));
  }

  @Test
  void actor_isTold() {
    assertThat(Statecharts.shared(Runnable::run)).isEqualTo(new Door.Closed());
  }

  @Test
  void durable_isThereAgain() {
    RecordStore records = RecordStore.memory();

    for (int time = 0; time < 2; time++) {
      assertThat(Statecharts.kept(Runnable::run, records)).isEqualTo(new Door.Locked("1234"));
    }
  }

  @Test
  void draw_marksWhereItStands() {
    assertThat(Statecharts.drawn(DOOR.begin().snapshot()))
        .contains("stateDiagram-v2")
        .contains("class Closed active");
  }

  @Test
  void analysis_findsNothing() {
    assertThat(Statecharts.analysed().warnings()).isEmpty();
  }

  @Test
  void check_holds() {
    assertThat(Statecharts.checked()).isInstanceOf(Verdict.Holds.class);
  }
}
