package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Token token = new Token();
  private final List<String> told = new ArrayList<>();

  @Test
  void cancel_runsEveryActionOnce() {
    IntStream.range(0, 3).forEach(i -> token.onCancel(() -> told.add("action " + i)));
    assertThat(token.isCancelled()).isFalse();
    token.throwIfCancelled();

    token.cancel();
    token.cancel();

    assertThat(told).containsExactlyInAnyOrder("action 0", "action 1", "action 2");
    assertThat(token.isCancelled()).isTrue();
    assertThatThrownBy(token::throwIfCancelled).isInstanceOf(CancellationException.class);
  }

  @Test
  void onCancel_closed_runsNot() {
    List<Subscription> subscriptions =
        IntStream.range(0, 4).mapToObj(i -> token.onCancel(() -> told.add("action " + i))).toList();

    subscriptions.get(0).close();
    subscriptions.get(2).close();
    subscriptions.get(2).close();
    token.cancel();

    assertThat(told).containsExactlyInAnyOrder("action 1", "action 3");
  }

  @Test
  void onCancel_afterTheCancellation_runsAtOnce() {
    token.cancel();

    token.onCancel(() -> told.add("late")).close();

    assertThat(told).containsExactly("late");
  }

  @Test
  void cancel_actionThatThrows_isReportedAndTheOthersRun() {
    Runnable broken =
        () -> {
          throw new IllegalStateException("foreign");
        };
    token.onCancel(broken);
    token.onCancel(() -> told.add("fine"));
    token.onCancel(broken);
    try (Reports reports = new Reports()) {
      token.cancel();

      assertThat(told).containsExactly("fine");
      assertThat(reports.naming("Cancellation")).hasSize(2);
    }
  }

  @Test
  void onCancel_racingTheCancellation_runsExactlyOnce() {
    for (int round = 0; round < 500; round++) {
      Token raced = new Token();
      AtomicInteger added = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      Runnable adds =
          () -> {
            while (!raced.isCancelled()) {
              raced.onCancel(ran::incrementAndGet);
              added.incrementAndGet();
            }
          };
      Runnable cancels =
          () -> {
            while (added.get() < 100) {
              Thread.onSpinWait();
            }
            raced.cancel();
          };

      Concurrently.together(PATIENCE, adds, adds, cancels);

      assertThat(ran.get()).isEqualTo(added.get()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void onCancel_closedAgainAndAgain_leavesNothing() {
    token.onCancel(() -> told.add("stays"));
    for (int i = 0; i < 10_000; i++) {
      token.onCancel(() -> told.add("goes")).close();
    }

    token.cancel();

    assertThat(told).containsExactly("stays");
  }
}
