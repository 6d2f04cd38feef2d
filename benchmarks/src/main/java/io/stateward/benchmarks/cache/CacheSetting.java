package io.stateward.benchmarks.cache;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a cache is to be, for whoever makes it.
 *
 * @param size how many entries are in memory at most; 0 if what is shared is all that counts
 * @param ttl how long a value is fresh
 * @param loader finds an item of the source
 * @param redis where it shares a layer with other instances; null for memory alone
 */
record CacheSetting(int size, Duration ttl, Function<String, Item> loader, @Nullable String redis) {

  private static final Duration HOUR = Duration.ofHours(1);

  static CacheSetting inMemory(int size, Function<String, Item> loader) {
    return new CacheSetting(size, HOUR, loader, null);
  }

  static CacheSetting shared(String redis, int size, Function<String, Item> loader) {
    return new CacheSetting(size, HOUR, loader, redis);
  }
}
