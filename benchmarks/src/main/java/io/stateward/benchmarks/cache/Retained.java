package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a full cache keeps alive beside the keys and the values, which are there before. */
final class Retained {

  private static final int WARM_UP = 10_000;
  private static final int SAMPLES = 1_000;

  private Retained() {}

  /**
   * Weighs.
   *
   * @param shared whether there is a layer in Redis behind the memory
   * @return bytes of each entry
   */
  static double perEntry(String contender, int entries, boolean shared) {
    String[] keys = Item.keys(entries);
    Item[] items = new Item[entries];
    for (int i = 0; i < entries; i++) {
      items[i] = Item.of(i, 0);
    }
    try {
      bytes(contender, keys, items, Math.min(entries, WARM_UP), shared); // loads the classes
      return (double) bytes(contender, keys, items, entries, shared) / entries;
    } finally {
      Reference.reachabilityFence(keys); // let go of meanwhile, they would hide a growth
      Reference.reachabilityFence(items);
    }
  }

  private static long bytes(
      String contender, String[] keys, Item[] items, int entries, boolean shared) {
    try (RedisProcess redis = shared ? RedisProcess.start() : null) {
      long before = Heap.used();
      String address = redis == null ? null : redis.address();
      try (CacheInstance cache = fill(contender, keys, items, entries, address)) {
        long bytes = Heap.used() - before;
        for (int i = 0; i < entries; i += Math.max(1, entries / SAMPLES)) {
          Item found = Objects.requireNonNull(cache.inMemory(keys[i]), "what memory has");
          Workload.require("Whether what was put in is in memory", true, found == items[i]);
        }
        return bytes;
      }
    }
  }

  private static CacheInstance fill(
      String contender, String[] keys, Item[] items, int entries, @Nullable String redis) {
    int room = items.length + items.length / 10;
    Function<String, Item> loader = key -> items[(int) Item.id(key)];
    CacheInstance cache =
        CacheInstances.of(
            contender,
            redis == null
                ? CacheSetting.inMemory(room, loader)
                : CacheSetting.shared(redis, room, loader));
    for (int i = 0; i < entries; i++) {
      cache.get(keys[i]);
    }
    return cache;
  }
}
