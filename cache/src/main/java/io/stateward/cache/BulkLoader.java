package io.stateward.cache;

import java.util.List;
import java.util.Map;

/**
 * The source of a cache that loads several keys at once, for who has more to say than values.
 *
 * <pre>{@code
 * BulkLoader<Long, Page> pages = loads -> {
 *   Map<Long, Loaded<Page>> loaded = new HashMap<>();
 *   for (Load<Long, Page> load : loads) {
 *     loaded.put(load.key(), Loaded.absent());               // unless it is found
 *   }
 *   db.findPages(loaded.keySet()).forEach((id, page) -> loaded.put(id, Loaded.of(page)));
 *   return loaded;
 * };
 * }</pre>
 *
 * <p><b>Thread safety.</b> Called by many threads at once; a key is in one call at a time, unless
 * it was invalidated meanwhile, or a read bypasses what is cached.
 *
 * <p><b>Failure.</b> What it throws is the failure of all the keys of the call. A key of which it
 * says nothing has failed, alone: that there is no value is said by {@link Loaded#absent}. What it
 * says of keys that it was not asked for is ignored.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface BulkLoader<K, V> {

  /**
   * Loads several keys.
   *
   * @param loads what to load, and what is known of it; at least one, each of another key. A load
   *     whose cancellation is cancelled is wanted by nobody any more
   * @return what the source has, for each key
   * @throws Exception if it cannot be told of any
   */
  Map<K, Loaded<V>> loadAll(List<Load<K, V>> loads) throws Exception;
}
