package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.benchmarks.cache.CacheWorkloads;
import io.stateward.benchmarks.collection.CollectionWorkloads;
import io.stateward.benchmarks.flow.FlowWorkloads;
import io.stateward.benchmarks.graph.GraphWorkloads;
import io.stateward.benchmarks.history.HistoryWorkloads;
import io.stateward.benchmarks.optimistic.OptimisticWorkloads;
import io.stateward.benchmarks.store.StoreWorkloads;

/** What is counted rather than timed. */
final class Probes {

  private static final int MILLION = 1_000_000;

  private Probes() {}

  /**
   * Counts.
   *
   * @param contender whose
   * @param name what; what follows a slash is an argument
   * @return what was found
   * @throws IllegalStateException if what was to be checked is wrong
   */
  static Finding measure(String contender, String name) {
    return name.startsWith("cache-")
        ? ofCache(contender, name)
        : Finding.of((double) count(contender, name));
  }

  private static Finding ofCache(String contender, String name) {
    String[] parts = name.split("/", -1);
    return switch (parts[0]) {
      case "cache-allocation" -> CacheWorkloads.allocatedByHits(contender);
      case "cache-stampede" ->
          CacheWorkloads.loadsOfStampede(contender, Integer.parseInt(parts[1]));
      case "cache-retained" -> CacheWorkloads.retainedPerEntry(contender);
      case "cache-stale-memory" ->
          CacheWorkloads.staleSetsInMemory(contender, Integer.parseInt(parts[1]));
      default -> throw new IllegalArgumentException("No such probe: " + name);
    };
  }

  private static long count(String contender, String name) {
    String[] parts = name.split("/", 2);
    return switch (parts[0]) {
      case "allocation" -> allocation(contender);
      case "lost" -> StoreWorkloads.lostUpdates(contender, 16, MILLION / 10);
      case "graph" -> graph(contender, parts[1]);
      case "retained" -> CollectionWorkloads.retained(contender, parts[1], MILLION);
      case "leak" -> StoreWorkloads.leakedByDerived(contender, MILLION);
      case "idle-keys" -> FlowWorkloads.leftByIdleKeys(contender, MILLION);
      case "history" -> HistoryWorkloads.retained(parts[1]);
      case "slowest-jump" -> HistoryWorkloads.slowestJump() / 1_000;
      case "pushes-at-once" -> OptimisticWorkloads.executionsByPushesAtOnce();
      case "right-guess" -> OptimisticWorkloads.notificationsOfRightGuesses(false);
      case "right-data" -> OptimisticWorkloads.notificationsOfRightGuesses(true);
      case "pending" -> OptimisticWorkloads.retainedByPending(contender);
      case "settled" -> OptimisticWorkloads.leftBySettled();
      default -> throw new IllegalArgumentException("No such probe: " + name);
    };
  }

  private static long allocation(String contender) {
    try (Workload reads = StoreWorkloads.get(contender)) {
      Runnable million =
          () -> {
            for (long i = 0; i < MILLION; i += reads.operations()) {
              reads.run();
            }
          };
      million.run();
      Heap.allocatedBy(million); // the counter itself is loaded now
      return Heap.allocatedBy(million);
    }
  }

  private static long graph(String contender, String name) {
    try (Workload graph = GraphWorkloads.exact(contender, name)) {
      graph.run();
      return 0;
    }
  }
}
