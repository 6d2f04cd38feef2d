package io.stateward.benchmarks.cache;

import org.jspecify.annotations.Nullable;

/** One instance of a cache of items, whoever made it. */
interface CacheInstance extends AutoCloseable {

  /** Reads an item, through the layers and the loader as needed. */
  Item get(String key);

  /** Says, after the source was written, that what there is of a key is old. */
  void invalidate(String key);

  /** What the memory of this instance would serve; null if it would look further. */
  @Nullable Item inMemory(String key);

  @Override
  default void close() {}
}
