package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class TurnTest {

  @Test
  void ask_fromWithin_hasOneMoreRoundAndNoRecursion() {
    List<String> log = new ArrayList<>();
    Turn[] turn = new Turn[1];
    turn[0] =
        new Turn(
            "t",
            Runnable::run,
            () -> {
              log.add("begins");
              if (log.size() < 4) {
                turn[0].ask();
                turn[0].ask();
              }
              log.add("ends");
            },
            () -> {});

    turn[0].ask();

    assertThat(log).containsExactly("begins", "ends", "begins", "ends", "begins", "ends");
  }

  @Test
  void rounds_thatNeverEnd_giveTheThreadBack() {
    List<Runnable> handedIn = new ArrayList<>();
    int[] rounds = {0};
    Turn[] turn = new Turn[1];
    turn[0] =
        new Turn(
            "t",
            handedIn::add,
            () -> {
              rounds[0]++;
              turn[0].ask();
            },
            () -> {});
    turn[0].ask();

    handedIn.remove(0).run();

    assertThat(rounds[0]).isEqualTo(256);
    assertThat(handedIn).hasSize(1);
  }

  @Test
  void round_thatThrows_isReportedAndTheNextOneBegins() {
    List<String> reported = new ArrayList<>();
    int[] rounds = {0};
    Turn turn =
        new Turn(
            "the turn",
            Runnable::run,
            () -> {
              rounds[0]++;
              throw new IllegalStateException("thrown");
            },
            () -> {});

    try (Subscription probing = probe(reported)) {
      turn.ask();
      turn.ask();
    }

    assertThat(rounds[0]).isEqualTo(2);
    assertThat(reported).containsExactly("the turn", "the turn");
  }

  @Test
  void executor_thatRefuses_isToldAndAskedAgainTheNextTime() {
    boolean[] refuses = {true};
    int[] done = {0, 0};
    Turn turn =
        new Turn(
            "t",
            task -> {
              if (refuses[0]) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            },
            () -> done[0]++,
            () -> done[1]++);
    List<String> reported = new ArrayList<>();

    try (Subscription probing = probe(reported)) {
      turn.ask();
    }
    refuses[0] = false;
    turn.ask();

    assertThat(done).containsExactly(1, 1);
    assertThat(reported).containsExactly("t");
  }

  private static Subscription probe(List<String> reported) {
    return Probe.attach(
        event -> {
          if (event instanceof Probe.Failed failed) {
            reported.add(failed.where());
          }
        });
  }
}
