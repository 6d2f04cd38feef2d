package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.TimeUnit;

/** What instances tell each other, in messages that are published. */
final class Messages {

  private static final int WRITES = 100;
  private static final int FILLS = 1_000;
  private static final int HITS = 4; // for each fill: a fifth of the reads miss
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Messages() {}

  /** Counts messages of each write that invalidates what all instances have in memory. */
  static double ofWrite(String contender, int instances) {
    RacedSource source = new RacedSource();
    try (Fleet fleet = new Fleet(instances, source::load, it -> CacheInstances.of(contender, it));
        Published published = new Published(fleet.redis.address())) {
      for (int i = 0; i < WRITES; i++) {
        fleet.warm(Item.key(i));
      }
      long before = published.count();
      for (int i = 0; i < WRITES; i++) {
        String key = Item.key(i);
        source.commit(key);
        fleet.instances.get(i % instances).invalidate(key);
        boolean clean = fleet.awaitClean(key, source.version(key), LIMIT_NANOS) >= 0;
        Workload.require("Whether all have dropped it", true, clean);
      }
      return (double) (published.count() - before) / WRITES;
    }
  }

  /** Counts messages of a thousand reads of which a fifth miss, and nothing is written. */
  static double ofThousandReads(String contender, int instances) {
    RacedSource source = new RacedSource();
    try (Fleet fleet = new Fleet(instances, source::load, it -> CacheInstances.of(contender, it));
        Published published = new Published(fleet.redis.address())) {
      long before = published.count();
      for (int i = 0; i < FILLS; i++) {
        CacheInstance instance = fleet.instances.get(i % instances);
        for (int read = 0; read <= HITS; read++) {
          instance.get(Item.key(i));
        }
      }
      int reads = FILLS * (1 + HITS);
      return (published.count() - before) * 1_000.0 / reads;
    }
  }
}
