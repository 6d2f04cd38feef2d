package io.stateward.flow;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work under way, or done: one start of a {@link Call}.
 *
 * <pre>{@code
 * Task<User> task = fetchUser.start(7L);
 * task.onEnd(outcome -> show(outcome.fold(User::name, Throwable::getMessage, cancelled -> "")));
 * task.cancel();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> A task ends once. Who comes first decides, the work with its result or
 * somebody with a cancellation; what comes later is dropped.
 *
 * @param <R> the type of the result
 * @since 0.1
 */
public interface Task<R extends @Nullable Object> {

  /**
   * Returns the stage that completes when the task ends: with the result, exceptionally with what
   * the work threw, or exceptionally with a {@link java.util.concurrent.CancellationException}.
   * Cancelling the future that it converts to cancels the task.
   *
   * @return the same stage each time
   */
  CompletionStage<R> stage();

  /**
   * Cancels the task: it ends now, and the work is told to stop.
   *
   * @return whether this call ended it; false if it had ended before, so cancelling twice is
   *     harmless
   */
  boolean cancel();

  /**
   * Tells whether the task has ended.
   *
   * @return whether {@link #await} returns at once
   */
  boolean isDone();

  /**
   * Waits for the end. An interrupt ends the waiting, not the task; cancel it if nobody else wants
   * it.
   *
   * @return how it ended
   * @throws InterruptedException if this thread was interrupted
   */
  Outcome<R> await() throws InterruptedException;

  /**
   * Runs an action at the end: at once, on this thread, if the task has ended; otherwise on the
   * thread that ends it.
   *
   * @param action called with how it ended, once; what it throws is reported
   */
  void onEnd(Consumer<? super Outcome<R>> action);
}
