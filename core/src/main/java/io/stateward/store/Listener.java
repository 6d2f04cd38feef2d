package io.stateward.store;

/**
 * What is done about an action after it was dispatched: blocking code that may take its time.
 *
 * <p><b>Thread safety.</b> Several runs of one listener may be under way at once, each on a thread
 * of the executor.
 *
 * @param <S> the type of the state
 * @param <A> the type of all actions
 * @param <B> the type of those that are listened for
 * @since 0.1
 */
@FunctionalInterface
public interface Listener<S, A, B extends A> {

  /**
   * Does what is to be done. It is cancelled by an interrupt.
   *
   * @param action the action that was dispatched
   * @param run what this run can do
   * @throws Exception what went wrong; it is reported, and the listener goes on listening
   */
  void run(B action, Listening<S, A> run) throws Exception;
}
