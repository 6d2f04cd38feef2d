package io.stateward.statemachine;

import org.jspecify.annotations.Nullable;

/**
 * Work that a state invokes, which blocks.
 *
 * <p><b>Thread safety.</b> Called by as many threads at once as there are instances at work.
 *
 * @param <T> the type of the state
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface InvokeWork<T, R extends @Nullable Object> {

  /**
   * Does it; its thread is interrupted if the state is left meanwhile.
   *
   * @param state the data of the state when the work began
   * @param run the idempotency key, and what else is known of this run
   * @return the result
   * @throws Exception if it fails
   */
  R call(T state, InvokeContext run) throws Exception;
}
