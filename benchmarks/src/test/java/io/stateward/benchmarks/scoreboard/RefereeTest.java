package io.stateward.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RefereeTest {

  private static final Entry OURS = new Entry("stateward", "commit");

  @Test
  void verdict_wholeSpreadMisses_isShort() {
    Line line =
        verdict(Target.atMost(1, "x"), new double[] {11, 12, 13}, new double[] {10, 10, 10});

    assertThat(line.ok()).isFalse();
    assertThat(line)
        .hasToString("case 1.20x [1.10..1.30] of them, 12.0 ns to 10.0 ns (target <= 1.00x) short");
  }

  @Test
  void verdict_onePairMeetsTheTarget_isOk() {
    Line line = verdict(Target.atMost(1, "x"), new double[] {9, 12, 13}, new double[] {10, 10, 10});

    assertThat(line.ok()).isTrue();
    assertThat(line.figure()).startsWith("1.20x [0.900..1.30]");
  }

  @Test
  void verdict_comparesEachPairByItself() {
    Line line =
        verdict(Target.below(1, "x"), new double[] {10, 100, 20}, new double[] {20, 200, 40});

    assertThat(line.figure()).startsWith("0.500x [0.500..0.500]");
    assertThat(line.ok()).isTrue();
  }

  @Test
  void verdict_atLeast_saysHowManyTimesFaster() {
    Line slow = verdict(Target.atLeast(100, "x"), new double[] {2, 2}, new double[] {150, 180});
    Line fast = verdict(Target.atLeast(100, "x"), new double[] {2, 2}, new double[] {150, 220});

    assertThat(slow.figure()).startsWith("82.5x [75.0..90.0]");
    assertThat(slow.ok()).isFalse();
    assertThat(fast.ok()).isTrue();
  }

  @Test
  void judge_whatCannotBeMeasured_isShortAndSaysWhy() {
    Contest unknown = new Contest.Exact("case", new Entry("stateward", "nonsense"), "sense");

    try (Referee referee = new Referee(Pace.QUICK)) {
      Line line = referee.judge(unknown);

      assertThat(line.ok()).isFalse();
      assertThat(line.toString())
          .startsWith("case failed: ")
          .contains("No such probe: nonsense")
          .endsWith("(target sense) short");
    }
  }

  @Test
  void judge_countMissesItsTarget_isShort() {
    try (Referee referee = new Referee(Pace.QUICK)) {
      Line none = referee.judge(allocation(Target.atMost(0, " bytes")));
      Line tooFew = referee.judge(allocation(Target.atLeast(1, " bytes")));

      assertThat(none).hasToString("allocation 0 bytes (target <= 0 bytes) ok");
      assertThat(tooFew.ok()).isFalse();
    }
  }

  @Test
  void judge_severalTurns_measuresEachContender() {
    Target generous = Target.below(1_000, "x");
    var race =
        new Contest.Race(
            "get",
            new Entry("stateward", "get"),
            List.of(new Entry("stateflow", "get")),
            generous,
            4);

    try (Referee referee = new Referee(new Pace(1, 40, 40))) {
      Line line = referee.judge(race);

      assertThat(line.ok()).isTrue();
      assertThat(line.figure()).contains("] of stateflow, ");
    }
  }

  @Test
  void judge_raceWithOthersBeside_saysTheirTimesAndComparesThemNot() {
    var race =
        new Contest.Race(
            "get",
            new Entry("stateward", "get"),
            List.of(new Entry("stateflow", "get")),
            List.of(new Entry("atomicreference", "get")),
            Target.below(1_000, "x"),
            1,
            2);

    try (Referee referee = new Referee(new Pace(1, 40, 40))) {
      assertThat(referee.judge(race).figure())
          .contains("] of stateflow, ")
          .matches(".*; atomicreference [0-9.]+ ns");
    }
  }

  @Test
  void judge_countAndExcess_sayTheNoteAndWhoIsBeside() {
    Entry ours = new Entry("stateward", "cache-stampede/4");
    Entry naive = new Entry("naive", "cache-stampede/4");
    List<Entry> beside = List.of(new Entry("caffeine", "cache-stampede/4"));

    try (Referee referee = new Referee(Pace.QUICK)) {
      assertThat(
              referee
                  .judge(new Contest.Count("loads", ours, beside, Target.atMost(1, " load")))
                  .toString())
          .matches("loads 1.00 load \\(4 .* threads\\); caffeine 1.00 \\(4 .*\\) .* ok");
      Line more =
          referee.judge(
              new Contest.Excess("loads", naive, ours, beside, Target.atMost(0, " more loads")));
      assertThat(more.ok()).isFalse();
      assertThat(more.figure())
          .matches("3.00 more loads \\(.*\\), 4.00 to 1.00 of stateward; caffeine 1.00 .*");
    }
  }

  @Test
  void judge_weight_saysWhoseItIsComparedTo() {
    Entry map = new Entry("stateward", "history/state");
    Entry same = new Entry("one state", "stateward", "history/state");

    try (Referee referee = new Referee(Pace.QUICK)) {
      Line line =
          referee.judge(new Contest.Weight("state", map, List.of(same), Target.atMost(1.01, "x")));

      assertThat(line.ok()).isTrue();
      assertThat(line.figure()).contains("x of one state, ");
    }
  }

  private static Contest allocation(Target target) {
    return new Contest.Count("allocation", new Entry("stateward", "allocation"), target);
  }

  private static Line verdict(Target target, double[] ours, double[] theirs) {
    var race = new Contest.Race("case", OURS, List.of(new Entry("them", "commit")), target);
    return Referee.verdict(race, ours, theirs, "them");
  }
}
