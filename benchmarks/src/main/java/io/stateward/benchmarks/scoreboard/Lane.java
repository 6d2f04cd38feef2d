package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.TimedWorkload;
import io.stateward.benchmarks.Workload;
import io.stateward.benchmarks.cache.CacheWorkloads;
import io.stateward.benchmarks.collection.CollectionWorkloads;
import io.stateward.benchmarks.flow.FlowWorkloads;
import io.stateward.benchmarks.graph.GraphWorkloads;
import io.stateward.benchmarks.history.HistoryWorkloads;
import io.stateward.benchmarks.optimistic.OptimisticWorkloads;
import io.stateward.benchmarks.persist.PersistWorkloads;
import io.stateward.benchmarks.statemachine.MachineWorkloads;
import io.stateward.benchmarks.store.StoreWorkloads;
import io.stateward.benchmarks.sync.SyncWorkloads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine in which one contender runs, told what to do line by line: {@code open} and
 * warm up a workload, {@code measure} it, {@code close} it, or answer a {@code probe}.
 *
 * @since 0.1
 */
public final class Lane {

  private static final int DIFFERENCES = 10;

  /** Warming up: slices at the least, times that at the most, and how many without gain end it. */
  private static final int SLICES = 8;

  private static final int LONGEST = 3;
  private static final int STEADY = 4;
  private static final double GAIN = 0.95;

  private final String contender;
  private @Nullable Workload workload;

  private Lane(String contender) {
    this.contender = contender;
  }

  /**
   * Obeys until the input ends.
   *
   * @param args the contender
   * @throws IOException if the input cannot be read
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // so that nobody answers by accident
    Lane lane = new Lane(args[0]);
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(lane.answer(order.split(" ", -1)));
      answers.flush();
    }
    System.exit(0); // whatever threads a contender left behind
  }

  private String answer(String[] order) {
    try {
      return switch (order[0]) {
        case "open" -> open(order[1], Long.parseLong(order[2]));
        case "measure" -> "found " + measure(current(), Long.parseLong(order[1]));
        case "close" -> close();
        case "probe" -> found(Probes.measure(contender, order[1]));
        default -> "failed no such order: " + order[0];
      };
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return "failed " + String.valueOf(e).replace('\n', ' ');
    }
  }

  private static String found(Finding finding) {
    String number = "found " + finding.number();
    return finding.note().isEmpty() ? number : number + " " + finding.note();
  }

  private String open(String name, long warmUpMillis) {
    Workload opened = create(contender, name);
    workload = opened;
    warmUp(opened, warmUpMillis);
    System.gc(); // what lives on is old then, as it is in an application
    opened.verify();
    return "found 0";
  }

  /**
   * Runs for at least a while, then until one slice after another brings no gain, which a machine
   * that is busy otherwise takes longer for; but not for ever.
   */
  private static void warmUp(Workload workload, long millis) {
    long slice = Math.max(1, millis / SLICES);
    double best = Double.MAX_VALUE;
    int withoutGain = 0;
    for (int i = 0; i < SLICES || (withoutGain < STEADY && i < SLICES * LONGEST); i++) {
      double now = measure(workload, slice);
      withoutGain = now < best * GAIN ? 0 : withoutGain + 1;
      best = Math.min(best, now);
    }
  }

  private String close() {
    Workload closing = current();
    workload = null;
    try (closing) {
      closing.verify();
    }
    return "found 0";
  }

  private Workload current() {
    Workload present = workload;
    if (present == null) {
      throw new IllegalStateException("nothing is open");
    }
    return present;
  }

  /** Runs for a while, and returns the time of an operation in nanoseconds, by default the mean. */
  private static double measure(Workload workload, long millis) {
    if (workload instanceof TimedWorkload timed) {
      return timed.measure(millis);
    }
    long start = System.nanoTime();
    long end = start + millis * 1_000_000;
    long runs = 0;
    long now;
    do {
      workload.run();
      runs++;
      now = System.nanoTime();
    } while (now < end);
    return (now - start) / ((double) runs * workload.operations());
  }

  private static Workload create(String contender, String name) {
    String[] parts = name.split("/", -1);
    return switch (parts[0]) {
      case "keyed" ->
          StoreWorkloads.keyed(
              contender,
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseInt(parts[3]));
      case "commit" -> StoreWorkloads.commit(contender);
      case "get" -> StoreWorkloads.get(contender);
      case "writers" -> StoreWorkloads.writers(contender, 16, 100_000);
      case "graph" -> GraphWorkloads.race(contender, parts[1]);
      case "map" -> CollectionWorkloads.map(contender, parts[1], Integer.parseInt(parts[2]));
      case "change" -> FlowWorkloads.change(parts[1], parts[2]);
      case "coalesced" -> FlowWorkloads.coalesced(contender, parts[1]);
      case "lock" -> FlowWorkloads.lock(contender, Integer.parseInt(parts[1]));
      case "save" -> PersistWorkloads.save(contender);
      case "append" -> PersistWorkloads.append(contender, Integer.parseInt(parts[1]));
      case "mutate" ->
          OptimisticWorkloads.mutate(
              contender, OptimisticWorkloads.ENTITIES, Integer.parseInt(parts[1]));
      case "reject" -> OptimisticWorkloads.reject(contender, Integer.parseInt(parts[1]));
      case "push" -> OptimisticWorkloads.push(Integer.parseInt(parts[1]));
      case "hit" -> CacheWorkloads.hit(contender, parts[1], Integer.parseInt(parts[2]));
      case "layer-hit" -> CacheWorkloads.layerHit(contender, Integer.parseInt(parts[1]));
      case "clean" -> CacheWorkloads.clean(contender, Integer.parseInt(parts[1]));
      case "events" -> MachineWorkloads.events(contender, parts[1]);
      case "make" -> MachineWorkloads.make(contender);
      case "store" -> MachineWorkloads.store();
      case "sync-replay" -> SyncWorkloads.replay(contender);
      case "sync-load" -> SyncWorkloads.load(contender);
      case "sync-merge" -> SyncWorkloads.merge(contender);
      case "sync-branch" -> SyncWorkloads.branch(parts[1]);
      case "sync-fan-out" -> SyncWorkloads.fanOut(contender, Integer.parseInt(parts[1]));
      case "sync-fan-out-wait" -> SyncWorkloads.fanOutWait(contender, Integer.parseInt(parts[1]));
      case "jump" -> HistoryWorkloads.jump();
      case "diff" -> CollectionWorkloads.diff(Integer.parseInt(parts[1]), DIFFERENCES);
      default -> throw new IllegalArgumentException("No such workload: " + name);
    };
  }
}
