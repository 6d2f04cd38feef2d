package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.scoreboard.Contest.Count;
import io.stateward.benchmarks.scoreboard.Contest.Lap;
import io.stateward.benchmarks.scoreboard.Contest.Race;
import io.stateward.benchmarks.scoreboard.Contest.Weight;
import java.util.List;

/** The suite about what is shown before the server has answered. */
final class BeforeTheAnswer {

  private static final String US = "stateward";
  private static final String LAYERS = "layers";

  private BeforeTheAnswer() {}

  static List<List<Contest>> optimistic() {
    return List.of(
        List.of(
            new Race(
                "optimistic.mutate-1k-pending-to-1",
                new Entry("1k-pending", US, "mutate/1000"),
                List.of(new Entry("1-pending", US, "mutate/1")),
                Target.atMost(2, "x")),
            new Race(
                "optimistic.mutate-snapshots",
                new Entry(US, "mutate/1"),
                List.of(new Entry("snapshots", "mutate/1")),
                Target.atMost(3, "x"))),
        List.of(
            new Lap(
                "optimistic.reject-oldest-of-1k",
                new Entry(US, "reject/1000"),
                Target.below(2_000, " us")),
            new Race(
                "optimistic.reject-layers",
                new Entry(US, "reject/1000"),
                List.of(new Entry(LAYERS, "reject/1000")),
                Target.atMost(1.5, "x"))),
        List.of(
            new Lap(
                "optimistic.push-100-pending",
                new Entry(US, "push/100"),
                Target.below(1_000, " us")),
            new Count(
                "optimistic.push-100-at-once",
                new Entry(US, "pushes-at-once"),
                Target.atMost(100, " executions"))),
        List.of(
            told("optimistic.right-guess", "right-guess"),
            told("optimistic.right-guess-with-data", "right-data"),
            new Weight(
                "optimistic.retained-pending",
                new Entry(US, "pending"),
                List.of(new Entry(LAYERS, "pending")),
                Target.atMost(2, "x")),
            new Count(
                "optimistic.settled-100k",
                new Entry(US, "settled"),
                Target.atMost(65_536, " bytes retained"))));
  }

  private static Contest told(String name, String probe) {
    return new Count(name, new Entry(US, probe), Target.atMost(0, " notifications"));
  }
}
