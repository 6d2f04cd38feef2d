package io.stateward.flow;

import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When to try again what failed, and when to give up.
 *
 * <pre>{@code
 * Retry retry = Retry.after(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
 *     .attempts(5)
 *     .within(Duration.ofMinutes(2))
 *     .onlyIf(failure -> failure instanceof IOException);
 * Call<Long, User> fetch = Call.blocking(executor, api::user).retrying(retry);
 * User user = retry.call(() -> api.user(7L)); // or at once, on this thread
 * }</pre>
 *
 * <p>Whoever gives up fails with what the last attempt threw. A cancelled attempt is not tried
 * again. Unless told otherwise, everything but an {@link Error} is.
 *
 * <p><b>Thread safety.</b> Immutable; the back-off and the condition have to be safe for any number
 * of threads.
 *
 * @since 0.1
 */
public final class Retry {

  private final Backoff backoff;
  private final int attempts;
  private final @Nullable Duration limit;
  private final Predicate<? super Throwable> condition;
  private final Timekeeper timekeeper;

  private Retry(
      Backoff backoff,
      int attempts,
      @Nullable Duration limit,
      Predicate<? super Throwable> condition,
      Timekeeper timekeeper) {
    this.backoff = Objects.requireNonNull(backoff, "backoff");
    this.attempts = attempts;
    this.limit = limit;
    this.condition = Objects.requireNonNull(condition, "condition");
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
  }

  /**
   * Tries again after every failure but an {@link Error}, without an end.
   *
   * @param backoff how long to wait before each retry
   * @return the rule
   */
  public static Retry after(Backoff backoff) {
    return new Retry(
        backoff,
        Integer.MAX_VALUE,
        null,
        failure -> failure instanceof Exception,
        Timekeeper.system());
  }

  /**
   * Gives up after a number of attempts.
   *
   * @param most how many attempts are made at most, the first included; at least 1
   * @return this rule with that limit
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Retry attempts(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "At least 1 attempt is made, the first; %d is not possible.".formatted(most));
    }
    return new Retry(backoff, most, limit, condition, timekeeper);
  }

  /**
   * Gives up when the next attempt would begin too late.
   *
   * @param time how long after the start an attempt may begin, inclusive; not negative
   * @return this rule with that limit
   * @throws IllegalArgumentException if the time is negative
   */
  public Retry within(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "Attempts are made within a time that is not negative, as %s is.".formatted(time));
    }
    return new Retry(backoff, attempts, time, condition, timekeeper);
  }

  /**
   * Gives up at once after some failures. This takes the place of an earlier condition, and of the
   * rule that an {@link Error} is not tried again.
   *
   * @param failures whether to try again after a failure
   * @return this rule with that condition
   */
  public Retry onlyIf(Predicate<? super Throwable> failures) {
    return new Retry(backoff, attempts, limit, failures, timekeeper);
  }

  /**
   * Chooses whose time it goes by; {@link Timekeeper#system()} unless chosen. A call's attempts
   * after the first are started on its thread, too.
   *
   * @param time the timekeeper
   * @return this rule on that time
   */
  public Retry timekeeper(Timekeeper time) {
    return new Retry(backoff, attempts, limit, condition, time);
  }

  /**
   * Does something on this thread, as often as need be, and waits in between.
   *
   * @param <R> the type of the result
   * @param work what to do
   * @return the result of the attempt that succeeded
   * @throws InterruptedException if this thread is interrupted while it waits
   * @throws Exception what the last attempt threw
   */
  public <R extends @Nullable Object> R call(Callable<R> work) throws Exception {
    long start = timekeeper.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        return work.call();
      } catch (InterruptedException e) {
        throw e; // whoever interrupted it wants it to end
      } catch (Throwable t) { // foreign code
        Duration delay = delayAfter(t, attempt, start);
        if (delay == null) {
          throw t;
        }
        pause(delay);
      }
    }
  }

  private void pause(Duration delay) throws InterruptedException {
    if (delay.isZero()) { // whoever holds the time still must not hold this
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    Timer timer = timekeeper.schedule(delay, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }

  Timekeeper timekeeper() {
    return timekeeper;
  }

  /** Returns how long to wait until the next attempt; null to give up. */
  @Nullable Duration delayAfter(Throwable failure, int attempt, long startNanos) {
    if (attempt >= attempts || !condition.test(failure)) {
      return null;
    }
    Duration delay = backoff.delay(attempt);
    delay = delay.isNegative() ? Duration.ZERO : delay;
    Duration begin = Duration.ofNanos(timekeeper.nanoTime() - startNanos).plus(delay);
    return limit != null && begin.compareTo(limit) > 0 ? null : delay;
  }
}
