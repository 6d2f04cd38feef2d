package io.stateward.cache;

import org.jspecify.annotations.Nullable;

/**
 * A write of the source of a cache that knows what the source has afterwards.
 *
 * <p><b>Thread safety.</b> Called once, on the thread that writes.
 *
 * <p><b>Failure.</b> What it throws reaches the caller; the key is invalidated all the same.
 *
 * @param <V> the type of the value
 * @param <X> what it throws
 * @since 0.1
 */
@FunctionalInterface
public interface WriteThrough<V, X extends Exception> {

  /**
   * Writes the source.
   *
   * @return what it has now; null if it has nothing any more
   * @throws X if it cannot
   */
  @Nullable V run() throws X;
}
