package io.stateward.statemachine;

import org.jspecify.annotations.Nullable;

/**
 * What is done when a state is entered or left.
 *
 * <p><b>Thread safety.</b> Called by as many threads at once as there are instances at work.
 *
 * @param <T> the type of the state
 * @since 0.1
 */
@FunctionalInterface
public interface StateAction<T extends @Nullable Object> {

  /**
   * Does it, once the macrostep is committed.
   *
   * @param state the data of the state
   * @throws Exception if it fails; the machine has moved all the same
   */
  void run(T state) throws Exception;

  /**
   * The same, for what must not be done twice.
   *
   * @param <T> the type of the state
   */
  @FunctionalInterface
  interface Keyed<T extends @Nullable Object> {

    /**
     * Does it, once the macrostep is committed.
     *
     * @param state the data of the state
     * @param key the idempotency key: the same whenever this very effect is done again
     * @throws Exception if it fails; the machine has moved all the same
     */
    void run(T state, String key) throws Exception;
  }
}
