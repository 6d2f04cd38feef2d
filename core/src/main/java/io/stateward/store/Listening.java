package io.stateward.store;

import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Listener}, and what it can do: wait, fork, and stop its likes.
 *
 * <pre>{@code
 * listeners.on(Typed.class, (typed, run) -> {
 *   run.cancelOthers();
 *   run.delay(Duration.ofMillis(300));
 *   Task<Hits> hits = run.fork(() -> api.search(typed.text()));
 *   store.dispatch(new Found(run.await(hits.stage())));
 * });
 * }</pre>
 *
 * <p>Whatever waits here ends at once when the run is cancelled, by an {@link
 * InterruptedException}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @since 0.1
 */
public interface Listening<S, A> {

  /**
   * Returns the store.
   *
   * @return the store that is listened to
   */
  ReducingStore<S, A> store();

  /**
   * Waits for the next action of a type that is dispatched after this call.
   *
   * @param <B> the type
   * @param type the class of the action, subtypes included
   * @param limit how long to wait at most; more than zero
   * @return the action; null if none came in time
   * @throws InterruptedException if this run was cancelled
   */
  <B extends A> @Nullable B take(Class<B> type, Duration limit) throws InterruptedException;

  /**
   * Waits for the next action of a type that is dispatched after this call, for as long as it
   * takes.
   *
   * @param <B> the type
   * @param type the class of the action, subtypes included
   * @return the action
   * @throws InterruptedException if this run was cancelled
   */
  <B extends A> B take(Class<B> type) throws InterruptedException;

  /**
   * Waits until the state meets a condition.
   *
   * @param condition a pure function of the state
   * @param limit how long to wait at most; more than zero
   * @return whether it was met in time; at once if the current state meets it
   * @throws InterruptedException if this run was cancelled
   */
  boolean condition(Predicate<? super S> condition, Duration limit) throws InterruptedException;

  /**
   * Waits for a while.
   *
   * @param duration how long; zero or less does not wait
   * @throws InterruptedException if this run was cancelled
   */
  void delay(Duration duration) throws InterruptedException;

  /**
   * Waits for a stage.
   *
   * @param <R> the type of the result
   * @param stage what to wait for; it goes on when this run is cancelled
   * @return its result
   * @throws InterruptedException if this run was cancelled
   * @throws java.util.concurrent.CompletionException if it failed with a checked exception; other
   *     exceptions are thrown as they are
   */
  <R> R await(CompletionStage<R> stage) throws InterruptedException;

  /**
   * Starts work beside this run, on the same executor. It does not outlive this run: what is still
   * under way when the run ends is cancelled, so wait for what is wanted.
   *
   * @param <R> the type of the result
   * @param work what to do
   * @return the work under way
   */
  <R> Task<R> fork(Callable<R> work);

  /** Cancels the other runs of this listener. Those that have ended are left alone. */
  void cancelOthers();

  /** Stops listening; runs under way go on. Stopping again does nothing. */
  void stopListening();

  /**
   * Returns what cancels this run.
   *
   * @return to be polled, or listened to
   */
  Cancellation cancellation();
}
