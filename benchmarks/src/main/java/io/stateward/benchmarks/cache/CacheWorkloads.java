package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.TimedWorkload;
import io.stateward.benchmarks.Workload;
import io.stateward.cache.Policy;
import java.time.Duration;

/**
 * The questions asked of caches.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class CacheWorkloads {

  /** How many items are read in turn. */
  public static final int ITEMS = 10_000;

  /** How many reads of what is in memory one run is, of each thread. */
  public static final int READS = 1 << 16;

  /** How many reads of what is in Redis one run is. */
  public static final int LAYER_READS = 64;

  private static final int ROUNDS = 5;
  private static final int MILLION = 1_000_000;
  private static final int SHARED = 20_000;
  private static final int INSTANCES = 3; // one reads, one writes, one looks on

  /** Within which we say that memory has heard of what it missed; it is the default. */
  private static final Duration BOUND = Policy.ttl(Duration.ofHours(1)).bound();

  private CacheWorkloads() {}

  /**
   * What does it cost to read what is in memory?
   *
   * @param contender whom to ask
   * @param pattern which items: {@code zipf}, with an exponent of 0.99, or the {@code same} one
   * @param threads how many threads read at the same time
   * @return reads; by so many threads
   */
  public static Workload hit(String contender, String pattern, int threads) {
    return new HitWorkload(contender, pattern, ITEMS, threads);
  }

  /**
   * What does it cost to read what is in Redis and not in memory?
   *
   * @param contender whom to ask
   * @param bytes how many bytes an item has in its encoded form; at least 16
   * @return reads by one thread
   */
  public static Workload layerHit(String contender, int bytes) {
    return new LayerHitWorkload(contender, ITEMS, bytes);
  }

  /**
   * How long does it take from a commit until no instance has the old value in memory any more?
   *
   * @param contender whom to ask
   * @param instances how many instances there are, in one virtual machine, each with connections of
   *     its own
   * @return the median of writes
   */
  public static TimedWorkload clean(String contender, int instances) {
    return new CleanWorkload(contender, instances);
  }

  /**
   * Counts what a thread allocates to read what is in memory.
   *
   * @param contender whom to ask
   * @return the bytes of one read: the mean of a million
   */
  public static Finding allocatedByHit(String contender) {
    try (Workload hits = hit(contender, "zipf", 1)) {
      Runnable million =
          () -> {
            for (long i = 0; i < MILLION; i += hits.operations()) {
              hits.run();
            }
          };
      million.run();
      Heap.allocatedBy(million); // the counter itself is loaded now
      long bytes = Heap.allocatedBy(million);
      hits.verify();
      return Finding.of((double) bytes / MILLION);
    }
  }

  /**
   * Counts how often the source is asked when a crowd wants the same key that nobody has.
   *
   * @param contender whom to ask
   * @param size how many threads are wanted in the crowd
   * @return the loads of the worst of some rounds
   */
  public static Finding loadsOfStampede(String contender, int size) {
    int most = Stampede.loads(contender, size, ROUNDS);
    return new Finding(most, "%,d %s".formatted(Crowd.size(size), Crowd.kind()));
  }

  /**
   * Counts how often the source is asked when crowds in several virtual machines want the same key
   * that nobody has.
   *
   * @param contender whom to ask
   * @param machines how many virtual machines
   * @param size how many threads are wanted in all of them together
   * @return the loads of the worst of some rounds, in all machines together
   */
  public static Finding loadsOfStampede(String contender, int machines, int size) {
    int ofEach = Crowd.size(size) / machines;
    int most = 0;
    try (StampedeHerd herd = new StampedeHerd(contender, machines, ofEach)) {
      for (int round = 0; round < ROUNDS; round++) {
        most = Math.max(most, herd.loads(round));
      }
    }
    return new Finding(most, "%d x %,d %s".formatted(machines, ofEach, Crowd.kind()));
  }

  /**
   * Weighs a cache of a million entries without its keys and values.
   *
   * @param contender whom to ask
   * @return bytes of each entry, to the nearest
   */
  public static Finding retainedPerEntry(String contender) {
    return Finding.of(Math.rint(Retained.perEntry(contender, MILLION, false)));
  }

  /**
   * Weighs the memory of a cache of entries that are in a shared layer as well.
   *
   * @param contender whom to ask
   * @return bytes of each entry, to the nearest
   */
  public static Finding retainedPerSharedEntry(String contender) {
    return Finding.of(Math.rint(Retained.perEntry(contender, SHARED, true)));
  }

  /**
   * Counts what instances tell each other of a write.
   *
   * @param contender whom to ask
   * @param instances how many instances
   * @return messages that are published, of each write
   */
  public static Finding messagesOfWrite(String contender, int instances) {
    return Finding.of(Messages.ofWrite(contender, instances));
  }

  /**
   * Counts what instances tell each other while nothing is written and a fifth of the reads miss.
   *
   * @param contender whom to ask
   * @param instances how many instances
   * @return messages that are published, of a thousand reads
   */
  public static Finding messagesOfReads(String contender, int instances) {
    return Finding.of(Messages.ofThousandReads(contender, instances));
  }

  /**
   * Finds how long an old value stays in a memory that was not told of the write.
   *
   * @param contender whom to ask
   * @param hundreds how many hundred writes, of each of which the last is told to nobody
   * @param limitMillis when to give up
   * @return the longest time in milliseconds
   */
  public static Finding repairMillis(String contender, int hundreds, int limitMillis) {
    double longest = Losses.longestMillis(contender, hundreds, limitMillis);
    return new Finding(longest, longest < limitMillis ? "" : "never, within that time");
  }

  /**
   * Counts how often something stale stays in what instances share, or in a memory of one of them,
   * when a load races a write.
   *
   * @param contender whom to ask
   * @param races how many races
   * @return stale sets per million races
   */
  public static Finding staleSets(String contender, int races) {
    try (RedisProcess redis = RedisProcess.start()) {
      StaleSets.Maker maker =
          source ->
              CacheInstances.of(
                  contender, CacheSetting.shared(redis.address(), 2 * races, source::load));
      try (StaleSets soak = new StaleSets(maker, INSTANCES, BOUND)) {
        return perMillion(soak.outOf(races), races);
      }
    }
  }

  /**
   * Counts how often something stale stays in a memory when a load races a write.
   *
   * @param contender whom to ask
   * @param races how many races
   * @return stale sets per million races
   */
  public static Finding staleSetsInMemory(String contender, int races) {
    StaleSets.Maker maker =
        source -> CacheInstances.of(contender, CacheSetting.inMemory(2 * races, source::load));
    try (StaleSets soak = new StaleSets(maker, 1, Duration.ZERO)) {
      return perMillion(soak.outOf(races), races);
    }
  }

  private static Finding perMillion(long stale, int races) {
    return new Finding((double) stale * MILLION / races, "%,d races".formatted(races));
  }
}
