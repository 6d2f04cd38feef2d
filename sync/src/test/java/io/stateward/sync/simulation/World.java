package io.stateward.sync.simulation;

import io.stateward.sync.transport.MemoryNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all processes of a run have in common: time, chance, the network, and the first failure. */
final class World {

  final Scheduler scheduler;
  final Chance chance;
  final MemoryNetwork network;
  private final SimulatedProcess nobody;
  private final Map<String, Judgements> judgements = new HashMap<>();
  private boolean restored;
  private Duration clockOffset = Duration.ZERO;
  private @Nullable AssertionError failure;

  World(long seed) {
    scheduler = new Scheduler(seed);
    chance = new Chance(scheduler.random);
    nobody = new SimulatedProcess(this, "world");
    SimulatedProcess wire = new SimulatedProcess(this, "network");
    network = MemoryNetwork.create(wire, wire, scheduler.random.nextLong());
  }

  void note(String who, String what, String detail) {
    scheduler.trace.add(scheduler.nanoTime(), who, what, detail);
  }

  /** Returns what hubs judge of the one document of a type. */
  Judgements judgements(String type) {
    return judgements.computeIfAbsent(type, t -> new Judgements(this));
  }

  /** Has something done later that no process does. */
  void later(Duration delay, Runnable work) {
    nobody.schedule(delay, work);
  }

  /** The hub's disk was replaced by an older one: what was durable meanwhile is gone. */
  void restored() {
    restored = true;
  }

  boolean isRestored() {
    return restored;
  }

  Duration clockOffset() {
    return clockOffset;
  }

  void jump(Duration by) {
    clockOffset = clockOffset.plus(by);
    note("clock", "jumps by ", by.toString());
  }

  /** Notes that a rule is broken. The first one counts: what follows is often its consequence. */
  void fail(String rule, @Nullable Throwable cause) {
    if (failure == null) {
      failure = new AssertionError(rule + (cause == null ? "" : ": " + cause), cause);
      note("FAILURE", "", String.valueOf(failure.getMessage()));
    }
  }

  @Nullable AssertionError failure() {
    return failure;
  }
}
