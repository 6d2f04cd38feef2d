package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A call with a limit on its time. */
record TimedCall<A extends @Nullable Object, R extends @Nullable Object>(
    Call<A, R> call, Duration limit, Timekeeper timekeeper) implements Call<A, R> {

  TimedCall {
    Objects.requireNonNull(timekeeper, "timekeeper");
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "The time limit of a call is longer than zero, not %s.".formatted(limit));
    }
  }

  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Promise<R> promise = new Promise<>();
    if (promise.follow(cancellation)) {
      Token work = new Token();
      promise.token().onCancel(work::cancel);
      Promise.run(call, argument, work, promise::settle);
      if (!promise.isDecided()) {
        Timer timer = timekeeper.schedule(limit, () -> expire(promise, work));
        promise.stage().whenComplete((value, failure) -> timer.cancel());
      }
    }
    return promise;
  }

  private void expire(Promise<R> promise, Token work) {
    Throwable late =
        new TimeoutException(
            "The call did not end within %s, so it was cancelled. Allow it more time, or find out what it waits for."
                .formatted(limit));
    if (promise.settle(new Outcome.Failed<>(late))) {
      work.cancel();
    }
  }
}
