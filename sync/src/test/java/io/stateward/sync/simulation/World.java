package io.stateward.sync.simulation;

import io.stateward.sync.transport.LinkGauge;
import io.stateward.sync.transport.LinkGauge.Check;
import io.stateward.sync.transport.MemoryLink;
import io.stateward.sync.transport.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all processes of a run have in common: time, chance, the network, and the first failure. */
final class World {

  final Scheduler scheduler;
  final Chance chance;
  final MemoryNetwork network;
  private final SimulatedProcess nobody;
  private final List<MemoryLink> links = new ArrayList<>();
  private final Map<String, Judgements> judgements = new HashMap<>();
  private boolean restored;
  private boolean setBack;
  private Duration clockOffset = Duration.ZERO;
  private @Nullable AssertionError failure;

  World(long seed) {
    scheduler = new Scheduler(seed);
    chance = new Chance(scheduler.random);
    nobody = new SimulatedProcess(this, "world");
    SimulatedProcess wire = new SimulatedProcess(this, "network");
    network = MemoryNetwork.create(wire, wire, scheduler.random.nextLong());
    wire.gauge(() -> links.forEach(link -> LinkGauge.look(link, check(link.name()))));
  }

  void note(String who, String what, String detail) {
    scheduler.trace.add(scheduler.nanoTime(), who, what, detail);
  }

  /** Returns the line of a client, which is watched. */
  MemoryLink link(String client) {
    MemoryLink link = network.link(client);
    links.add(link);
    return link;
  }

  /** Returns what fails the run where more waits than may. */
  Check check(String where) {
    return (what, amount, limit) -> {
      if (amount > limit) {
        fail("%s has %d %s, and may have %d".formatted(where, amount, what, limit), null);
      }
    };
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

  /** The disk of a client was replaced by an older one. */
  void setBack() {
    setBack = true;
  }

  boolean isSetBack() {
    return setBack;
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
