package io.stateward.scope;

import io.stateward.signal.Subscription;
import java.util.concurrent.CancellationException;

/**
 * What tells work to stop: to be polled by work that computes, and listened to by work that waits.
 *
 * <pre>{@code
 * for (Order order : orders) {
 *   cancellation.throwIfCancelled();
 *   total = total.plus(price(order));
 * }
 * Subscription s = cancellation.onCancel(socket::abort);
 * }</pre>
 *
 * <p>Every scope has one, {@link Scope#cancellation}, and so cancellations form a tree as scopes
 * do. Work that was started as a call is given one of its own, which is cancelled with the task.
 *
 * <p><b>Thread safety.</b> Implementations are safe for any number of threads.
 *
 * <p><b>Ordering.</b> It counts as cancelled before the first action runs. Actions run on the
 * thread that cancels.
 *
 * <p><b>Failure.</b> An action that throws keeps no other from running.
 *
 * @since 0.1
 */
public interface Cancellation {

  /**
   * Returns the cancellation that never comes.
   *
   * @return one that is never cancelled, and forgets its actions at once
   */
  static Cancellation none() {
    return NoCancellation.INSTANCE;
  }

  /**
   * Tells whether it was cancelled. That never changes back.
   *
   * @return whether the work is to stop
   */
  boolean isCancelled();

  /**
   * Ends work that is to stop, by an exception that its caller takes for that.
   *
   * @throws CancellationException if it was cancelled
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException(
          "The work was cancelled, so it stops here; nobody waits for its result.");
    }
  }

  /**
   * Runs an action on cancellation: at once, on this thread, if that was before.
   *
   * @param action what to run, once
   * @return a subscription that keeps the action from running when closed; close it when the work
   *     is done, so that the action is forgotten
   */
  Subscription onCancel(Runnable action);
}
