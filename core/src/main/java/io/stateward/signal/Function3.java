package io.stateward.signal;

import org.jspecify.annotations.Nullable;

/**
 * A function of three arguments.
 *
 * <p><b>Thread safety.</b> Where the library takes one it must be pure, and may be called by any
 * thread.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function3<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Applies the function.
   *
   * @param first the first argument
   * @param second the second argument
   * @param third the third argument
   * @return the result
   */
  R apply(A first, B second, C third);
}
