package io.stateward.cache.spi;

import java.util.concurrent.CompletionStage;

/**
 * A place outside of this process, or beside the memory of a cache, where entries are kept: Redis,
 * a database, a folder.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; one layer serves any number of caches.
 *
 * @since 0.1
 */
public interface CacheLayer {

  /**
   * Opens the part of this layer that belongs to a cache.
   *
   * @param cache the name of the cache; not blank
   * @param form says how values are encoded, codec and schema. Applications that share a cache have
   *     to agree on it
   * @return completes with the session, or with {@link UnequalFormException} if the cache is in use
   *     with another form, or with what keeps the layer from answering
   */
  CompletionStage<LayerSession> open(String cache, String form);
}
