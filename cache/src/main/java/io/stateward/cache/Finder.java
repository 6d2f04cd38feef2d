package io.stateward.cache;

import org.jspecify.annotations.Nullable;

/**
 * Finds a value in the source of a cache: the plain form of a {@link Loader}.
 *
 * <p><b>Thread safety.</b> Called by many threads at once, mostly for different keys: for the same
 * one if it was invalidated meanwhile, or a read bypasses what is cached.
 *
 * <p><b>Failure.</b> What it throws is the failure in the {@link Result} of whoever asked.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface Finder<K, V> {

  /**
   * Finds a value.
   *
   * @param key its key
   * @return the value; null if there is none
   * @throws Exception if it is not known whether there is one
   */
  @Nullable V find(K key) throws Exception;
}
