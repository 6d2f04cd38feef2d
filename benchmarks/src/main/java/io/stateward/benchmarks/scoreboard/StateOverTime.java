package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Lap;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import io.stateward.benchmarks.scoreboard.Contest.Weight;
import java.util.List;
import java.util.stream.Stream;

/** The suites about what was, about files, and about actions, calls and locks. */
final class StateOverTime {

  private static final String US = "stateward";
  private static final int DISK_TURNS = 20;

  private StateOverTime() {}

  static List<List<Contest>> history() {
    return List.of(
        Stream.of("timeline", "actions", "undo").map(StateOverTime::retained).toList(),
        List.of(
            new Lap("history.jump", new Entry(US, "jump"), Target.below(5_000, " us")),
            new Count(
                "history.jump-slowest",
                new Entry(US, "slowest-jump"),
                Target.below(5_000, " us"))));
  }

  private static Contest retained(String what) {
    return new Weight(
        "history.retained-" + what,
        new Entry(US, "history/" + what),
        List.of(new Entry("one state", US, "history/state")),
        Target.below(3, "x"));
  }

  static List<List<Contest>> persist() {
    return List.of(
        List.of(disk("persist.save-1mb", "save", "save", Target.atLeast(0.9, "x"))),
        List.of(
            disk("persist.append-16-threads", "append/16", "append/1", Target.atLeast(2, "x"))));
  }

  private static Contest disk(String name, String ours, String byHand, Target target) {
    return new Race(
        name, new Entry(US, ours), List.of(new Entry("by-hand", byHand)), target, DISK_TURNS);
  }

  static List<List<Contest>> flow() {
    return List.of(
        List.of(
            dispatch("flow.dispatch-number", "number"),
            dispatch("flow.dispatch-10k-entities", "entities")),
        List.of(
            flow("coalesced-own", "coalesced/own", "asynccache", 1.2),
            flow("coalesced-told", "coalesced/told", "asynccache", 1.2)),
        List.of(
            flow("lock", "lock/1", "striped", 2),
            flow("lock-1k-in-turn", "lock/1000", "striped", 2),
            new Count(
                "flow.idle-keys-1m",
                new Entry(US, "idle-keys"),
                Target.atMost(65_536, " bytes retained"))));
  }

  private static Contest dispatch(String name, String state) {
    return new Race(
        name,
        new Entry("middlewares", US, "change/" + state + "/middlewares"),
        List.of(new Entry("update", US, "change/" + state + "/update")),
        Target.atMost(2, "x"));
  }

  private static Contest flow(String name, String workload, String peer, double most) {
    return new Race(
        "flow." + name,
        new Entry(US, workload),
        List.of(new Entry(peer, workload)),
        Target.atMost(most, "x"));
  }
}
