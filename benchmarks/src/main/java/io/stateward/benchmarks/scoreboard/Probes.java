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
import io.stateward.benchmarks.statemachine.MachineWorkloads;
import io.stateward.benchmarks.store.StoreWorkloads;
import io.stateward.benchmarks.sync.SyncWorkloads;

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
    if (name.startsWith("machine-")) {
      return ofMachine(contender, name);
    }
    if (name.startsWith("sync-")) {
      return ofSync(contender, name);
    }
    return name.startsWith("cache-")
        ? ofCache(contender, name)
        : Finding.of((double) count(contender, name));
  }

  private static Finding ofSync(String contender, String name) {
    String[] parts = name.split("/", -1);
    return switch (parts[0]) {
      case "sync-connection" ->
          SyncWorkloads.retainedByConnection(contender, Integer.parseInt(parts[1]));
      case "sync-document" -> SyncWorkloads.retainedByDocument(Integer.parseInt(parts[1]));
      case "sync-stored" -> SyncWorkloads.storedBytes();
      default -> throw new IllegalArgumentException("No such probe: " + name);
    };
  }

  private static Finding ofMachine(String contender, String name) {
    String[] parts = name.split("/", -1);
    return switch (parts[0]) {
      case "machine-allocation" -> MachineWorkloads.allocatedByEvent(contender, parts[1]);
      case "machine-step" -> MachineWorkloads.allocatedByStep();
      case "machine-idle" -> MachineWorkloads.retainedByIdle(contender);
      default -> throw new IllegalArgumentException("No such probe: " + name);
    };
  }

  private static Finding ofCache(String contender, String name) {
    String[] parts = name.split("/", -1);
    int first = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    int second = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
    return switch (parts[0]) {
      case "cache-allocation" -> CacheWorkloads.allocatedByHit(contender);
      case "cache-stampede" -> CacheWorkloads.loadsOfStampede(contender, first);
      case "cache-stampedes" -> CacheWorkloads.loadsOfStampede(contender, first, second);
      case "cache-retained" -> CacheWorkloads.retainedPerEntry(contender);
      case "cache-retained-shared" -> CacheWorkloads.retainedPerSharedEntry(contender);
      case "cache-messages-write" -> CacheWorkloads.messagesOfWrite(contender, first);
      case "cache-messages-reads" -> CacheWorkloads.messagesOfReads(contender, first);
      case "cache-repair" -> CacheWorkloads.repairMillis(contender, first, second);
      case "cache-stale-memory" -> CacheWorkloads.staleSetsInMemory(contender, first);
      case "cache-stale" -> CacheWorkloads.staleSets(contender, first);
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
