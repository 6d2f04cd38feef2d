package io.stateward.signal;

import org.jspecify.annotations.Nullable;

/**
 * A function of five arguments.
 *
 * <p><b>Thread safety.</b> Where the library takes one it must be pure, and may be called by any
 * thread.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <R> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function5<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    E extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Applies the function.
   *
   * @param first the first argument
   * @param second the second argument
   * @param third the third argument
   * @param fourth the fourth argument
   * @param fifth the fifth argument
   * @return the result
   */
  R apply(A first, B second, C third, D fourth, E fifth);
}
