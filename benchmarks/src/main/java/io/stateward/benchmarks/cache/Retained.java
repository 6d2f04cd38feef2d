package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import java.lang.ref.Reference;
import java.util.Objects;

/** What a full cache keeps alive beside the keys and the values, which are there before. */
final class Retained {

  private static final int WARM_UP = 10_000;
  private static final int SAMPLES = 1_000;

  private Retained() {}

  /**
   * Weighs.
   *
   * @return bytes of each entry
   */
  static double perEntry(String contender, int entries) {
    String[] keys = Item.keys(entries);
    Item[] items = new Item[entries];
    for (int i = 0; i < entries; i++) {
      items[i] = Item.of(i, 0);
    }
    fill(contender, keys, items, Math.min(entries, WARM_UP)).close(); // loads the classes
    try {
      return (double) bytes(contender, keys, items) / entries;
    } finally {
      Reference.reachabilityFence(keys); // let go of meanwhile, they would hide a growth
      Reference.reachabilityFence(items);
    }
  }

  private static long bytes(String contender, String[] keys, Item[] items) {
    long before = Heap.used();
    try (CacheInstance cache = fill(contender, keys, items, items.length)) {
      long bytes = Heap.used() - before;
      for (int i = 0; i < items.length; i += items.length / SAMPLES) {
        Item found = Objects.requireNonNull(cache.inMemory(keys[i]), "what memory has");
        Workload.require("Whether what was put in is in memory", true, found == items[i]);
      }
      return bytes;
    }
  }

  private static CacheInstance fill(String contender, String[] keys, Item[] items, int entries) {
    CacheSetting setting =
        CacheSetting.inMemory(entries + entries / 10, key -> items[(int) Item.id(key)]);
    CacheInstance cache = CacheInstances.of(contender, setting);
    for (int i = 0; i < entries; i++) {
      cache.get(keys[i]);
    }
    return cache;
  }
}
