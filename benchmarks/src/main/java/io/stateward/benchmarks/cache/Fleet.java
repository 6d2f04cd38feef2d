package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Several instances of a cache over one Redis, each with connections of its own. */
final class Fleet implements AutoCloseable {

  private static final int ROOM = 10_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  final RedisProcess redis = RedisProcess.start();
  final List<CacheInstance> instances = new ArrayList<>();

  /** Makes an instance. */
  interface Maker {
    CacheInstance of(CacheSetting setting);
  }

  Fleet(int size, Function<String, Item> loader, Maker maker) {
    for (int i = 0; i < size; i++) {
      instances.add(maker.of(CacheSetting.shared(redis.address(), ROOM, loader)));
    }
  }

  /** Has all of them have a key in memory. */
  void warm(String key) {
    for (CacheInstance instance : instances) {
      instance.get(key);
    }
    // a peer tells others of what it has filled, who drop it when they hear of that
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (CacheInstance instance : instances) {
      while (instance.inMemory(key) == null) {
        instance.get(key);
        Thread.onSpinWait();
        Workload.require("Whether all have it in time", true, System.nanoTime() - end < 0);
      }
    }
  }

  /** Whether nobody has a version of a key in memory that is older than one. */
  boolean isClean(String key, long version) {
    for (CacheInstance instance : instances) {
      Item found = instance.inMemory(key);
      if (found != null && found.version() < version) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until nobody has an older version.
   *
   * @return how long that took, in nanoseconds; -1 if it was not over in time
   */
  long awaitClean(String key, long version, long limitNanos) {
    long start = System.nanoTime();
    while (!isClean(key, version)) {
      if (System.nanoTime() - start > limitNanos) {
        return -1;
      }
      Thread.onSpinWait();
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    try (redis) {
      instances.forEach(CacheInstance::close);
    }
  }
}
