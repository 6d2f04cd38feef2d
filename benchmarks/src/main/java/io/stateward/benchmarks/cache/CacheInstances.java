package io.stateward.benchmarks.cache;

/** Makes instances of caches. */
final class CacheInstances {

  private CacheInstances() {}

  static CacheInstance of(String contender, CacheSetting setting) {
    return setting.redis() == null
        ? MemoryCaches.of(contender, setting)
        : SharedCaches.of(contender, setting);
  }
}
