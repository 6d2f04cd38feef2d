package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.graph.GraphWorkloads;
import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Exact;
import io.stateward.benchmarks.scoreboard.Contest.Lap;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import io.stateward.benchmarks.scoreboard.Contest.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is contested: suites of groups, each of which starts with fresh virtual machines. */
final class Suites {

  private static final String US = "stateward";
  private static final List<String> MAPS = List.of("pcollections", "vavr", "kotlinx");

  /** The graphs that libraries which push each input by itself still get right, and finish. */
  private static final Set<String> PUSHABLE =
      Set.of(
          "kairo.avoidable",
          "kairo.broad",
          "kairo.deep",
          "kairo.mux",
          "kairo.repeated",
          "cellx.10",
          "dynamic.2-10x5-lazy80",
          "dynamic.25-1000x5");

  /** More of them, for a library that does so but leaves out what is overtaken by the next. */
  private static final Set<String> CONFLATABLE = Set.of("cellx.100", "dynamic.3-5x50");

  private Suites() {}

  /** The suites by name, the whole of the store first, then its parts. */
  static Map<String, List<List<Contest>>> all() {
    List<List<Contest>> store = new ArrayList<>();
    Map<String, List<List<Contest>>> parts = new LinkedHashMap<>();
    parts.put("keyed", List.of(keyedGrowth(), keyedPeers()));
    parts.put("commit", List.of(commit()));
    parts.put("get", List.of(get()));
    parts.put("writers", List.of(writers()));
    parts.put(
        "graph",
        List.of(exactGraphs(), graphRaces("kairo."), graphRaces("cellx."), graphRaces("dynamic.")));
    parts.put("collection", List.of(maps(1_000), maps(1_000_000), versions()));
    parts.put("leak", List.of(leak()));
    parts.values().forEach(store::addAll);
    Map<String, List<List<Contest>>> all = new LinkedHashMap<>();
    all.put("store", store);
    all.putAll(parts);
    all.put("history", StateOverTime.history());
    all.put("persist", StateOverTime.persist());
    all.put("flow", StateOverTime.flow());
    all.put("optimistic", BeforeTheAnswer.optimistic());
    all.put("cache", CacheInLayers.cache());
    all.put("statemachine", Statecharts.statemachine());
    all.put("sync", LiveDocuments.sync());
    return all;
  }

  /** The same state and the same changes, with few and with many subscribers to other entities. */
  private static List<Contest> keyedGrowth() {
    return List.of(
        new Race(
            "keyed.100k-subscribers-to-1k",
            new Entry("100k-subscribers", US, "keyed/100000/100000/1000"),
            List.of(new Entry("1k-subscribers", US, "keyed/100000/1000/1000")),
            Target.atMost(1.5, "x")));
  }

  private static List<Contest> keyedPeers() {
    String tenThousand = "keyed/10000/10000/10000";
    Entry ours = new Entry(US, tenThousand);
    List<Contest> contests = new ArrayList<>();
    for (String peer : List.of("stateflow", "behaviorsubject", "listeners")) {
      contests.add(
          new Race(
              "keyed.10k-" + peer,
              ours,
              List.of(new Entry(peer, tenThousand)),
              Target.atLeast(100, "x")));
    }
    contests.add(
        new Race(
            "keyed.10k-vaadin",
            ours,
            List.of(new Entry("vaadin", tenThousand)),
            Target.atMost(1, "x")));
    return contests;
  }

  private static List<Contest> commit() {
    return List.of(
        new Race(
            "commit.one-subscriber",
            new Entry(US, "commit"),
            entries("commit", "stateflow", "behaviorsubject", "reactor", "vaadin"),
            Target.atMost(1, "x")));
  }

  private static List<Contest> get() {
    return List.of(
        new Race(
            "get.time",
            new Entry(US, "get"),
            entries("get", "atomicreference"),
            Target.atMost(3, "x")),
        new Count("get.allocation", new Entry(US, "allocation"), Target.atMost(0, " bytes")));
  }

  private static List<Contest> writers() {
    return List.of(
        new Count("writers.lost", new Entry(US, "lost"), Target.atMost(0, " updates")),
        new Race(
            "writers.time",
            new Entry(US, "writers"),
            entries("writers", "stateflow"),
            Target.atMost(1, "x")));
  }

  private static List<Contest> exactGraphs() {
    return GraphWorkloads.names().stream()
        .<Contest>map(
            name ->
                new Exact(
                    "graph." + name + ".exact",
                    new Entry("stateward-derived", "graph/" + name),
                    "published values and counts"))
        .toList();
  }

  private static List<Contest> graphRaces(String kind) {
    return GraphWorkloads.raced().stream()
        .filter(name -> name.startsWith(kind))
        .<Contest>map(
            name ->
                new Race(
                    "graph." + name + ".time",
                    new Entry(US, "graph/" + name),
                    whoCanExpress(name).map(peer -> new Entry(peer, "graph/" + name)).toList(),
                    Target.below(1, "x")))
        .toList();
  }

  private static Stream<String> whoCanExpress(String graph) {
    if (PUSHABLE.contains(graph)) {
      return Stream.of("vaadin", "stateflow", "behaviorsubject");
    }
    return CONFLATABLE.contains(graph) ? Stream.of("vaadin", "stateflow") : Stream.of("vaadin");
  }

  private static List<Contest> maps(int size) {
    List<Contest> contests = new ArrayList<>();
    for (String operation : List.of("get", "put", "iterate")) {
      String workload = "map/" + operation + "/" + size;
      contests.add(
          new Race(
              "collection.%s-%s".formatted(operation, size == 1_000 ? "1k" : "1m"),
              new Entry(US, workload),
              entries(workload, MAPS.toArray(String[]::new)),
              Target.atMost(1.3, "x")));
    }
    return contests;
  }

  private static List<Contest> versions() {
    return List.of(
        new Lap("collection.diff-10-of-1m", new Entry(US, "diff/1000000"), Target.below(50, " us")),
        weight("collection.memory-1m-map", "retained/map"),
        weight("collection.memory-1m-table", "retained/table"));
  }

  private static Contest weight(String name, String probe) {
    return new Weight(
        name,
        new Entry(US, probe),
        entries("retained/map", MAPS.toArray(String[]::new)),
        Target.atMost(1.1, "x"));
  }

  private static List<Contest> leak() {
    return List.of(
        new Count(
            "leak.derived-1m", new Entry(US, "leak"), Target.atMost(65_536, " bytes retained")));
  }

  private static List<Entry> entries(String workload, String... contenders) {
    return Stream.of(contenders).map(contender -> new Entry(contender, workload)).toList();
  }
}
