package io.stateward.cache;

/**
 * A write of the source of a cache.
 *
 * @param <X> what it throws
 * @since 0.1
 */
@FunctionalInterface
public interface Write<X extends Exception> {

  /**
   * Writes the source.
   *
   * @throws X if it cannot
   */
  void run() throws X;
}
