package io.stateward.testkit.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.analysis.Stimulus;
import io.stateward.statemachine.analysis.TestPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PathTestsTest {

  enum State {
    LOCKED,
    OPEN,
    BROKEN
  }

  enum Act {
    COIN,
    PUSH,
    KICK
  }

  private static final Machine<State, Act> GATE =
      Machine.define("gate", State.class, Act.class, String.class)
          .initial(State.LOCKED)
          .in(State.LOCKED, s -> s.on(Act.COIN).to(State.OPEN).on(Act.KICK).to(State.BROKEN))
          .in(State.OPEN, s -> s.on(Act.PUSH).to(State.LOCKED))
          .finals(State.BROKEN)
          .build();

  private final TestPaths<State, Act> paths = TestPaths.of(GATE).input("north");
  private final List<String> closed = new ArrayList<>();

  /** A gate that was written by hand; one with a defect does not lock after the second coin. */
  private final class Gate implements SystemUnderTest<State> {

    private final boolean defect;
    private State state = State.LOCKED;
    private int coins;

    Gate(boolean defect) {
      this.defect = defect;
    }

    @Override
    public void apply(Stimulus stimulus) {
      Act act = (Act) ((Stimulus.Event) stimulus).event();
      if (state == State.LOCKED && act == Act.COIN) {
        state = State.OPEN;
        coins++;
      } else if (state == State.LOCKED && act == Act.KICK) {
        state = State.BROKEN;
      } else if (state == State.OPEN && act == Act.PUSH && !(defect && coins == 2)) {
        state = State.LOCKED;
      }
    }

    @Override
    public void verify(Step<State> expected) {
      assertThat(state).isEqualTo(expected.snapshot().state());
    }

    @Override
    public void close() {
      closed.add("closed");
    }
  }

  @TestFactory
  Stream<DynamicTest> gate_alongAllPairs_behavesAsTheMachine() {
    return PathTests.of(paths, paths.pairs(), () -> new Gate(false));
  }

  @TestFactory
  Stream<DynamicTest> gate_alongRandomPaths_behavesAsTheMachine() {
    return Stream.of(PathTests.random(paths, paths.random(1), 50, 20, () -> new Gate(false)));
  }

  @Test
  void of_eachPath_isATestCalledByIt() {
    List<String> names =
        PathTests.of(paths, paths.states(), () -> new Gate(false))
            .map(DynamicTest::getDisplayName)
            .toList();

    assertThat(names).containsExactlyInAnyOrder("COIN", "KICK");
  }

  @Test
  void random_gateWithADefect_failsByTheShortestPath() {
    DynamicTest test = PathTests.random(paths, paths.random(1), 100, 30, () -> new Gate(true));

    assertThatThrownBy(() -> test.getExecutable().execute())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Step 4, \"PUSH -> [LOCKED]\"")
        .hasMessageContaining(
            "{\"stimuli\":[{\"event\":\"COIN\"},{\"event\":\"PUSH\"},{\"event\":\"COIN\"},"
                + "{\"event\":\"PUSH\"}]}");
  }

  @Test
  void run_systemThatFails_isClosed() {
    assertThatThrownBy(
            () ->
                PathTests.run(
                    paths,
                    paths.random(1).paths(1, 50).get(0),
                    () -> {
                      throw new IllegalStateException("no gate");
                    }))
        .hasMessage("no gate");
    assertThat(closed).isEmpty();

    assertThatThrownBy(
            () ->
                PathTests.random(paths, paths.random(1), 100, 30, () -> new Gate(true))
                    .getExecutable()
                    .execute())
        .isInstanceOf(AssertionError.class);
    assertThat(closed).isNotEmpty();
  }
}
