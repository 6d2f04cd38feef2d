package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.internal.Probes;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that is tried again when it fails. */
record RetryingCall<A extends @Nullable Object, R extends @Nullable Object>(
    Call<A, R> call, Retry retry) implements Call<A, R> {

  RetryingCall {
    Objects.requireNonNull(retry, "retry");
  }

  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Series<A, R> series = new Series<>(this, argument);
    if (series.follow(cancellation)) {
      series.begin();
    }
    return series;
  }

  /**
   * The attempts of one task, one after the other.
   *
   * <p>Thread safety: what an attempt leaves to the next one is handed over by the timekeeper.
   */
  private static final class Series<A extends @Nullable Object, R extends @Nullable Object>
      extends Promise<R> {

    private final RetryingCall<A, R> rule;
    private final A argument;
    private final long startNanos;
    private int made;
    private volatile @Nullable Timer pause;

    Series(RetryingCall<A, R> rule, A argument) {
      this.rule = rule;
      this.argument = argument;
      startNanos = rule.retry.timekeeper().nanoTime();
    }

    void begin() {
      token().onCancel(this::stopWaiting);
      attempt();
    }

    private void stopWaiting() {
      Timer timer = pause;
      if (timer != null) {
        timer.cancel();
      }
    }

    private void attempt() {
      if (isDecided()) {
        return;
      }
      made++;
      run(rule.call, argument, token(), this::ended);
    }

    private void ended(Outcome<R> outcome) {
      Duration delay = isDecided() ? null : delayAfter(outcome);
      if (delay == null) {
        settle(outcome);
        return;
      }
      pause = rule.retry.timekeeper().schedule(delay, this::attempt);
      if (isDecided()) {
        stopWaiting(); // who cancelled may have come before the timer was there
      }
    }

    private @Nullable Duration delayAfter(Outcome<R> outcome) {
      if (!(outcome instanceof Outcome.Failed<R> failed)) {
        return null;
      }
      try {
        return rule.retry.delayAfter(failed.cause(), made, startNanos);
      } catch (Throwable t) { // the condition or the back-off
        Probes.report("Retry", "Its back-off or condition threw, so nothing is tried again.", t);
        return null;
      }
    }
  }
}
