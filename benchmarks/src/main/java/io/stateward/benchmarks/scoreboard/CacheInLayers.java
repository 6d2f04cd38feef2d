package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Excess;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import java.util.List;
import java.util.stream.Stream;

/** The suite about the layered cache. */
final class CacheInLayers {

  private static final String US = "stateward";
  private static final String LAYERED = "layered";
  private static final String CAFFEINE = "caffeine";
  private static final int PAIRS = 5; // at least, also where few would be quicker
  private static final int TURNS = 4; // round trips wobble

  private CacheInLayers() {}

  static List<List<Contest>> cache() {
    return List.of(hits(), inMemory(), layerHits(), instances(), correctness());
  }

  private static List<Contest> hits() {
    return List.of(
        hit("zipf", 1, US, "cache2k", "guava", "jetcache", "spring", "redisson"),
        hit("zipf", 2, US, "cache2k", "guava", "jetcache", "spring"),
        hit("same", 1, US),
        hit("same", 2, US),
        hit("zipf", 1, LAYERED),
        hit("zipf", 2, LAYERED),
        new Count(
            "cache.hit-allocation",
            new Entry(US, "cache-allocation"),
            entries("cache-allocation", CAFFEINE),
            Target.atMost(0.01, " bytes a hit")));
  }

  private static Contest hit(String pattern, int threads, String ours, String... beside) {
    String workload = "hit/%s/%d".formatted(pattern, threads);
    String layer = ours.equals(LAYERED) ? "-with-layer" : "";
    return new Race(
        "cache.hit-%s-%d%s".formatted(pattern, threads, layer),
        new Entry(ours, workload),
        entries(workload, CAFFEINE),
        entries(workload, beside),
        Target.atMost(1.3, "x"),
        1,
        PAIRS);
  }

  private static List<Contest> inMemory() {
    return List.of(
        stampede("2", 2, CAFFEINE, "naive"),
        stampede("100", 100, CAFFEINE, "naive"),
        stampede("10k", 10_000, CAFFEINE, "spring", "jetcache", "naive"),
        new Excess(
            "cache.memory-1m",
            new Entry(US, "cache-retained"),
            new Entry(CAFFEINE, "cache-retained"),
            List.of(
                new Entry("cache2k", "cache-retained"),
                new Entry("guava", "cache-retained"),
                new Entry("with a layer", US, "cache-retained-shared")),
            Target.atMost(40, " bytes more an entry")),
        new Count(
            "cache.stale-sets-in-memory",
            new Entry(US, "cache-stale-memory/4000"),
            entries("cache-stale-memory/4000", "guava", "jetcache", "cache2k", "naive"),
            Target.atMost(0, " per million races")));
  }

  private static List<Contest> layerHits() {
    return List.of(layerHit(100), layerHit(1_000));
  }

  private static Contest layerHit(int bytes) {
    String workload = "layer-hit/" + bytes;
    return new Race(
        "cache.layer-hit-" + bytes,
        new Entry(US, workload),
        entries(workload, "lettuce"),
        entries(workload, "jetcache", "redisson"),
        Target.atMost(1.15, "x"),
        TURNS,
        PAIRS);
  }

  private static List<Contest> instances() {
    return List.of(
        clean(1),
        clean(8),
        clean(32),
        messagesOfWrite(1),
        messagesOfWrite(8, "jetcache", "redisson"),
        messagesOfWrite(32));
  }

  private static Contest clean(int instances) {
    String workload = "clean/" + instances;
    return new Race(
        "cache.clean-" + instances,
        new Entry(US, workload),
        entries(workload, "jetcache", "redisson"),
        entries(workload, "naive"),
        Target.atMost(1.5, "x"),
        1,
        PAIRS);
  }

  private static Contest messagesOfWrite(int instances, String... beside) {
    String probe = "cache-messages-write/" + instances;
    return new Count(
        "cache.messages-write-" + instances,
        new Entry(US, probe),
        entries(probe, beside),
        Target.atMost(1, " a write"));
  }

  private static List<Contest> correctness() {
    return List.of(
        new Count(
            "cache.messages-20-percent-misses",
            new Entry(US, "cache-messages-reads/2"),
            entries("cache-messages-reads/2", "jetcache", "redisson"),
            Target.atMost(0, " in 1,000 reads")),
        new Count(
            "cache.repair-1-percent-lost",
            new Entry(US, "cache-repair/3/5000"),
            entries("cache-repair/1/5000", "jetcache"),
            Target.atMost(2_000, " ms")),
        new Count(
            "cache.stampede-4-jvms",
            new Entry(US, "cache-stampedes/4/10000"),
            entries("cache-stampedes/4/10000", "jetcache", "redisson", "naive"),
            Target.atMost(1, " load")),
        new Count(
            "cache.stale-sets",
            new Entry(US, "cache-stale/2000"),
            entries("cache-stale/2000", "jetcache", "redisson", "naive"),
            Target.atMost(0, " per million races")));
  }

  private static Contest stampede(String name, int threads, String... beside) {
    String probe = "cache-stampede/" + threads;
    return new Count(
        "cache.stampede-" + name,
        new Entry(US, probe),
        entries(probe, beside),
        Target.atMost(1, " load"));
  }

  private static List<Entry> entries(String workload, String... contenders) {
    return Stream.of(contenders).map(contender -> new Entry(contender, workload)).toList();
  }
}
