package io.stateward.flow;

import org.jspecify.annotations.Nullable;

/**
 * Blocking work of one argument. It is cancelled by an interrupt of its thread.
 *
 * <p><b>Thread safety.</b> It may be called by several threads at once.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface Work<A extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Does the work.
   *
   * @param argument what to do it with
   * @return the result; dropped if the call was cancelled
   * @throws Exception if it failed
   */
  R call(A argument) throws Exception;
}
