package io.stateward.flow;

import io.stateward.scope.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * Blocking work of one argument that looks after its own cancellation.
 *
 * <p><b>Thread safety.</b> It may be called by several threads at once.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface CallWith<A extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Does the work.
   *
   * @param argument what to do it with
   * @param cancellation tells when to stop; its thread is interrupted then as well
   * @return the result; dropped if the call was cancelled
   * @throws Exception if it failed
   */
  R call(A argument, Cancellation cancellation) throws Exception;
}
