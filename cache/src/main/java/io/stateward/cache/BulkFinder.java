package io.stateward.cache;

import java.util.List;
import java.util.Map;

/**
 * Finds several values in the source of a cache at once: the plain form of a {@link BulkLoader}.
 *
 * <p><b>Thread safety.</b> Called by many threads at once; a key is in one call at a time, unless
 * it was invalidated meanwhile, or a read bypasses what is cached.
 *
 * <p><b>Failure.</b> What it throws is the failure in the {@link Result} of each of the keys.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface BulkFinder<K, V> {

  /**
   * Finds several values.
   *
   * @param keys their keys; at least one, each of them once
   * @return the values, by key. A key that is not in it has no value
   * @throws Exception if it is not known which there are
   */
  Map<K, V> findAll(List<K> keys) throws Exception;
}
