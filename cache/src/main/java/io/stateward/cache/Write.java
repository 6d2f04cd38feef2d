package io.stateward.cache;

/**
 * A write of the source of a cache.
 *
 * <p><b>Thread safety.</b> Called once, on the thread that writes.
 *
 * <p><b>Failure.</b> What it throws reaches the caller; the key is invalidated all the same.
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
