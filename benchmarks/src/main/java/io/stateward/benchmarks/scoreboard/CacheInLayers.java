package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Excess;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import java.util.List;
import java.util.stream.Stream;

/** The suite about the layered cache. */
final class CacheInLayers {

  private static final String US = "stateward";
  private static final String CAFFEINE = "caffeine";
  private static final int PAIRS = 5; // at least, also where few would be quicker

  private CacheInLayers() {}

  static List<List<Contest>> cache() {
    return List.of(hits(), inMemory());
  }

  private static List<Contest> hits() {
    return List.of(
        hit("zipf", 1, "cache2k", "guava", "jetcache", "spring"),
        hit("zipf", 2, "cache2k", "guava", "jetcache", "spring"),
        hit("same", 1),
        hit("same", 2),
        new Count(
            "cache.hit-allocation",
            new Entry(US, "cache-allocation"),
            entries("cache-allocation", CAFFEINE),
            Target.atMost(0, " bytes in a million")));
  }

  private static Contest hit(String pattern, int threads, String... beside) {
    String workload = "hit/%s/%d".formatted(pattern, threads);
    return new Race(
        "cache.hit-%s-%d".formatted(pattern, threads),
        new Entry(US, workload),
        entries(workload, CAFFEINE),
        entries(workload, beside),
        Target.atMost(1.3, "x"),
        1,
        PAIRS);
  }

  private static List<Contest> inMemory() {
    return List.of(
        stampede("2", 2),
        stampede("100", 100),
        stampede("10k", 10_000),
        new Excess(
            "cache.memory-1m",
            new Entry(US, "cache-retained"),
            new Entry(CAFFEINE, "cache-retained"),
            entries("cache-retained", "cache2k", "guava"),
            Target.atMost(40, " bytes more an entry")),
        new Count(
            "cache.stale-sets-in-memory",
            new Entry(US, "cache-stale-memory/4000"),
            entries("cache-stale-memory/4000", "guava", "jetcache", "cache2k", "naive"),
            Target.atMost(0, " per million races")));
  }

  private static Contest stampede(String name, int threads) {
    String probe = "cache-stampede/" + threads;
    return new Count(
        "cache.stampede-" + name,
        new Entry(US, probe),
        entries(probe, CAFFEINE, "spring", "jetcache", "naive"),
        Target.atMost(1, " load"));
  }

  private static List<Entry> entries(String workload, String... contenders) {
    return Stream.of(contenders).map(contender -> new Entry(contender, workload)).toList();
  }
}
