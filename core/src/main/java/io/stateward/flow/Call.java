package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Work of one argument that can be started, any number of times, and cancelled.
 *
 * <pre>{@code
 * Call<Long, User> fetchUser = Call.blocking(executor, api::user)
 *     .timeout(Duration.ofSeconds(5))
 *     .retrying(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)));
 * Task<User> task = fetchUser.start(7L, page.cancellation());
 * }</pre>
 *
 * <p>A call that is made of a call goes on with its cancellation: whatever is cancelled reaches the
 * work at the bottom, as an interrupt, as the cancelling of a future, and as a token to poll.
 *
 * <p>A lambda at the head of a chain needs its types spelled out, as in {@code (Long id) -> ...} or
 * {@code Call.<Long, User>blocking(...)}, since the compiler looks no further than the next dot.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads, if the work is.
 *
 * <p><b>Failure.</b> {@link #start} does not throw what the work throws; the task ends with it. The
 * same goes for an executor that refuses work.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface Call<A extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Starts the work.
   *
   * @param argument what to do it with
   * @param cancellation cancels the task as well; the task is forgotten by it when it ends. If it
   *     is cancelled already, nothing is started and the task is cancelled
   * @return the work under way
   */
  Task<R> start(A argument, Cancellation cancellation);

  /**
   * Starts the work, to be cancelled by its task alone.
   *
   * @param argument what to do it with
   * @return the work under way
   */
  default Task<R> start(A argument) {
    return start(argument, Cancellation.none());
  }

  /**
   * Returns a call of work that blocks. Cancelling it interrupts the thread that does it, and only
   * while it does it: an interrupt never comes late, and none is left behind.
   *
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @param executor where to work; one with virtual threads is welcome
   * @param work what to do
   * @return the call
   */
  static <A extends @Nullable Object, R extends @Nullable Object> Call<A, R> blocking(
      Executor executor, Work<? super A, ? extends R> work) {
    Objects.requireNonNull(work, "work");
    return new BlockingCall<>(executor, (argument, promise) -> work.call(argument));
  }

  /**
   * Returns a call of work that blocks, and is given a cancellation to poll or to listen to besides
   * the interrupt.
   *
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @param executor where to work; one with virtual threads is welcome
   * @param work what to do
   * @return the call
   */
  static <A extends @Nullable Object, R extends @Nullable Object> Call<A, R> blockingWith(
      Executor executor, CallWith<? super A, ? extends R> work) {
    Objects.requireNonNull(work, "work");
    return new BlockingCall<>(
        executor, (argument, promise) -> work.call(argument, promise.token()));
  }

  /**
   * Returns a call of work that gives a stage at once. Cancelling it cancels the future that the
   * stage converts to, which ends a request of the JDK's HTTP client, for one. A stage derived from
   * a future does not pass that on: return the future itself, or listen to the cancellation.
   *
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @param work starts the work; called on the thread that starts the call
   * @return the call
   */
  static <A extends @Nullable Object, R extends @Nullable Object> Call<A, R> stage(
      Function<? super A, ? extends CompletionStage<? extends R>> work) {
    Objects.requireNonNull(work, "work");
    return new StageCall<>((argument, promise) -> work.apply(argument));
  }

  /**
   * Returns a call of work that gives a stage at once, and is given a cancellation to listen to.
   *
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @param work starts the work; called on the thread that starts the call
   * @return the call
   */
  static <A extends @Nullable Object, R extends @Nullable Object> Call<A, R> stageWith(
      BiFunction<? super A, ? super Cancellation, ? extends CompletionStage<? extends R>> work) {
    Objects.requireNonNull(work, "work");
    return new StageCall<>((argument, promise) -> work.apply(argument, promise.token()));
  }

  /**
   * Returns a call that waits until the value of a signal meets a condition, which is its argument.
   * A condition that never comes is waited for until the task is cancelled: give it a {@link
   * #timeout}.
   *
   * @param <T> the type of the value
   * @param signal whose value to wait for
   * @return a call that ends with the first value that meets the condition, the current one
   *     included
   */
  static <T extends @Nullable Object> Call<Predicate<? super T>, T> until(Signal<T> signal) {
    return new ConditionCall<>(signal);
  }

  /**
   * Returns this call with a limit on its time: a task that has not ended then fails with a {@link
   * TimeoutException}, and its work is cancelled.
   *
   * @param limit how long a task may take, from its start; more than zero
   * @return the limited call
   * @throws IllegalArgumentException if the limit is zero or less
   */
  default Call<A, R> timeout(Duration limit) {
    return timeout(limit, Timekeeper.system());
  }

  /**
   * Returns this call with a limit on its time: a task that has not ended then fails with a {@link
   * TimeoutException}, and its work is cancelled.
   *
   * @param limit how long a task may take, from its start; more than zero
   * @param timekeeper whose time it goes by
   * @return the limited call
   * @throws IllegalArgumentException if the limit is zero or less
   */
  default Call<A, R> timeout(Duration limit, Timekeeper timekeeper) {
    return new TimedCall<>(this, limit, timekeeper);
  }

  /**
   * Returns this call, tried again when it fails, without an end until it succeeds or is cancelled.
   *
   * @param backoff how long to wait before each retry
   * @return the persistent call
   */
  default Call<A, R> retrying(Backoff backoff) {
    return retrying(Retry.after(backoff));
  }

  /**
   * Returns this call, tried again when it fails.
   *
   * @param retry when to try again, and when to give up
   * @return the persistent call
   */
  default Call<A, R> retrying(Retry retry) {
    return new RetryingCall<>(this, retry);
  }
}
