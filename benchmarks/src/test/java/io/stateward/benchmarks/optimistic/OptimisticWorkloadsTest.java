package io.stateward.benchmarks.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class OptimisticWorkloadsTest {

  private static final int ENTITIES = 100;

  @Test
  void mutate_eachContender_showsAndConfirmsEachChange() {
    for (String contender : new String[] {"stateward", "snapshots", "layers"}) {
      for (int pending : new int[] {1, 50}) {
        runTwice(mutating(contender, pending));
      }
    }
  }

  @Test
  void reject_oldestOfMany_leavesTheOthers() {
    runTwice(rejecting("stateward", 50));
    runTwice(rejecting("layers", 50));
  }

  @Test
  void reject_snapshots_losesWhatWasDoneMeanwhile() {
    try (Workload snapshots = rejecting("snapshots", 2)) {
      snapshots.run();

      assertThatThrownBy(snapshots::verify)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The sum of what is visible is 1 and has to be 2");
    }
  }

  @Test
  void push_underMany_changesWhatIsBelowThem() {
    runTwice(new PushWorkload(ENTITIES, 20));
  }

  @Test
  void verify_changeNobodyKnowsOf_isFound() {
    StatewardGuesses guesses = new StatewardGuesses(Item.table(ENTITIES));
    try (Workload workload = new GuessWorkload(guesses, ENTITIES, false, 1, 1)) {
      guesses.mutate(1);

      assertThatThrownBy(workload::verify).hasMessageContaining("is 2 and has to be 1");
    }
  }

  @Test
  void executions_pushesAtOnce_areThoseOfOneFold() throws InterruptedException {
    assertThat(PushesAtOnce.executions(ENTITIES, 20, 10)).isEqualTo(20);
    assertThat(PushesAtOnce.executions(ENTITIES, 20, 1)).isEqualTo(20);
  }

  @Test
  void notifications_guessIsRight_thereAreNone() {
    for (RightGuesses.Answers answers : RightGuesses.Answers.values()) {
      assertThat(RightGuesses.notifications(answers, ENTITIES, 200)).as("%s", answers).isZero();
    }
  }

  @Test
  void settled_everyWay_leavesNothingUnderWay() {
    assertThat(Traces.settled(ENTITIES, 4_000)).isLessThan(1_000_000);
  }

  @Test
  void pending_eachContender_weighsSomething() {
    assertThat(Traces.pending("stateward", ENTITIES, 4_000)).isPositive();
    assertThat(Traces.pending("layers", ENTITIES, 4_000)).isPositive();
  }

  @Test
  void of_unknownContender_isRefused() {
    Consumer<String> asking = who -> Guesses.of(who, ENTITIES).close();

    assertThatThrownBy(() -> asking.accept("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }

  private static void runTwice(Workload workload) {
    try (workload) {
      workload.verify();
      workload.run();
      workload.verify();
      workload.run();
      workload.verify();
    }
  }

  private static Workload mutating(String contender, int pending) {
    return new GuessWorkload(Guesses.of(contender, ENTITIES), ENTITIES, false, pending, 30);
  }

  private static Workload rejecting(String contender, int pending) {
    return new GuessWorkload(Guesses.of(contender, ENTITIES), ENTITIES, true, pending, 1);
  }
}
