package io.stateward.benchmarks.cache;

/** Makes instances of caches. */
final class CacheInstances {

  private CacheInstances() {}

  static CacheInstance of(String contender, CacheSetting setting) {
    return MemoryCaches.of(contender, setting);
  }
}
