package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Lap;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import java.util.List;
import java.util.stream.Stream;

/** The suite about statecharts. */
final class Statecharts {

  private static final String US = "stateward";
  private static final String TYPED = "typed";
  private static final int PAIRS = 5; // at least, also where few would be quicker
  private static final String[] FLAT = {
    "easystates", "stateless4j", "cola", "tinder", "squirrel", "kstatemachine", "spring"
  };
  private static final String[] MAKING = {
    "easystates", "stateless4j", "tinder", "squirrel", "kstatemachine", "spring"
  };
  private static final String[] NESTING = {"stateless4j", "squirrel", "kstatemachine", "spring"};
  private static final String[] PARALLEL = {"squirrel", "kstatemachine", "spring"};

  private Statecharts() {}

  static List<List<Contest>> statemachine() {
    return List.of(flat(), nested(), parallel(), made(), told(), kept());
  }

  private static List<Contest> flat() {
    return List.of(
        events("flat-enum", US, "turnstile", 3, FLAT),
        events("flat-typed", TYPED, "turnstile", 2, FLAT),
        allocation("flat-enum-allocation", US, "turnstile", 0, " bytes an event"),
        allocation("flat-typed-allocation", TYPED, "turnstile", 0, " bytes an event more"),
        new Count(
            "statemachine.step-allocation",
            new Entry(US, "machine-step"),
            Target.atMost(64, " bytes a step")));
  }

  private static List<Contest> nested() {
    return List.of(events("three-levels", US, "towers", 10, NESTING));
  }

  private static List<Contest> parallel() {
    return List.of(
        events("two-regions", US, "regions", 10, PARALLEL),
        events("two-regions-at-once", US, "both", 10, "squirrel"));
  }

  private static List<Contest> made() {
    return List.of(make("instance", US), make("begin", "begin"));
  }

  private static Contest make(String name, String ours) {
    return new Race(
        "statemachine.make-" + name,
        new Entry(ours, "make"),
        entries("make", "easystates", "stateless4j", "tinder", "squirrel", "kstatemachine"),
        entries("make", "spring"),
        Target.below(1, "x"),
        1,
        PAIRS);
  }

  private static List<Contest> told() {
    return List.of(
        new Race(
            "statemachine.tell",
            new Entry("actor", "events/turnstile"),
            entries("events/turnstile", "queue"),
            List.of(),
            Target.atMost(4, "x"),
            1,
            PAIRS));
  }

  private static List<Contest> kept() {
    return List.of(
        new Lap("statemachine.json-and-back", new Entry(US, "store"), Target.below(20, " us")),
        new Count(
            "statemachine.idle-actors-1m",
            new Entry("actor", "machine-idle"),
            Target.below(200, " MB")),
        new Count(
            "statemachine.idle-1m",
            new Entry(US, "machine-idle"),
            entries("machine-idle", MAKING),
            Target.below(200, " MB")));
  }

  private static Contest events(
      String name, String ours, String chart, double times, String... peers) {
    String workload = "events/" + chart;
    return new Race(
        "statemachine." + name,
        new Entry(ours, workload),
        entries(workload, peers),
        List.of(),
        Target.atLeast(times, "x"),
        1,
        PAIRS);
  }

  private static Contest allocation(
      String name, String ours, String chart, double most, String unit) {
    return new Count(
        "statemachine." + name,
        new Entry(ours, "machine-allocation/" + chart),
        Target.atMost(most, unit));
  }

  private static List<Entry> entries(String workload, String... contenders) {
    return Stream.of(contenders).map(contender -> new Entry(contender, workload)).toList();
  }
}
