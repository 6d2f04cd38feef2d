package io.stateward.statemachine;

import org.jspecify.annotations.Nullable;

/**
 * What is done when a transition is taken.
 *
 * <p><b>Thread safety.</b> Called by as many threads at once as there are instances at work.
 *
 * @param <T> the type of the state
 * @param <V> the type of the event
 * @since 0.1
 */
@FunctionalInterface
public interface EventAction<T extends @Nullable Object, V extends @Nullable Object> {

  /**
   * Does it, once the macrostep is committed.
   *
   * @param state the data of the source, as it was before
   * @param event the event
   * @throws Exception if it fails; the machine has moved all the same
   */
  void run(T state, V event) throws Exception;

  /**
   * The same, for what must not be done twice.
   *
   * @param <T> the type of the state
   * @param <V> the type of the event
   */
  @FunctionalInterface
  interface Keyed<T extends @Nullable Object, V extends @Nullable Object> {

    /**
     * Does it, once the macrostep is committed.
     *
     * @param state the data of the source, as it was before
     * @param event the event
     * @param key the idempotency key: the same whenever this very effect is done again
     * @throws Exception if it fails; the machine has moved all the same
     */
    void run(T state, V event, String key) throws Exception;
  }
}
