package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A crowd that wants a key nobody has. */
final class Stampede {

  private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int ROOM = 1_000;

  private Stampede() {}

  /**
   * Counts loads in one virtual machine.
   *
   * @param size how many threads, if there can be so many
   * @param rounds how often, for another key each time
   * @return the loads of the round that had most of them
   */
  static int loads(String contender, int size, int rounds) {
    AtomicInteger loads = new AtomicInteger();
    int most = 0;
    try (CacheInstance cache =
        CacheInstances.of(contender, CacheSetting.inMemory(ROOM, slow(loads)))) {
      for (int round = 0; round < rounds; round++) {
        loads.set(0);
        rush(cache, Crowd.size(size), round);
        most = Math.max(most, loads.get());
      }
    }
    return most;
  }

  /** A loader that takes as long as a slow query. */
  static Function<String, Item> slow(AtomicInteger loads) {
    return key -> {
      loads.incrementAndGet();
      long end = System.nanoTime() + LOAD_NANOS;
      for (long left = LOAD_NANOS; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      return Item.of(Item.id(key), 1);
    };
  }

  /** Has all of a crowd read the same item. */
  static void rush(CacheInstance cache, int size, long id) {
    String key = Item.key(id);
    List<Item> items = Crowd.together(size, () -> cache.get(key));
    for (Item item : items) {
      Workload.require("What somebody in the crowd got", id, item.id());
    }
  }
}
