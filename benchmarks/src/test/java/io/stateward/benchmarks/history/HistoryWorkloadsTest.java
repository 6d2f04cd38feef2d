package io.stateward.benchmarks.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HistoryWorkloadsTest {

  private static final int ENTITIES = 100;
  private static final int COMMITS = 50;

  @Test
  void jump_manyTimes_tellsTheSubscriberOfEach() {
    try (Travel travel = Travel.over(ENTITIES, COMMITS);
        JumpWorkload jump = new JumpWorkload(travel, COMMITS, 500)) {
      jump.run();
      jump.run();

      jump.verify();
    }
  }

  @Test
  void travel_withActions_keepsTheActionOfEachCommit() {
    try (Travel travel = Travel.withActions(ENTITIES, COMMITS)) {
      assertThat(travel.timeline().moments())
          .hasSize(COMMITS)
          .allMatch(moment -> moment.actions().size() == 1);
    }
  }

  @Test
  void undo_everyCommit_isAStep() {
    Undo undo = Undo.over(ENTITIES, COMMITS);

    assertThat(undo.history().status().get().undoable()).isEqualTo(COMMITS);
  }

  @Test
  void retained_unknownThing_isRefused() {
    assertThatThrownBy(() -> HistoryWorkloads.retained("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }
}
