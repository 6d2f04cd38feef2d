package io.stateward.benchmarks.cache;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
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

  private static final int ROUNDS = 10;
  private static final int MILLION = 1_000_000;

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
   * Counts what a thread allocates in about a million reads of what is in memory.
   *
   * @param contender whom to ask
   * @return the bytes
   */
  public static Finding allocatedByHits(String contender) {
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
      return Finding.of((double) bytes);
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
   * Weighs a cache of a million entries without its keys and values.
   *
   * @param contender whom to ask
   * @return bytes of each entry
   */
  public static Finding retainedPerEntry(String contender) {
    return Finding.of(Retained.perEntry(contender, MILLION));
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
