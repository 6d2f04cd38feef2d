package io.stateward.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScoreboardTest {

  private static final Set<String> OVER_TIME =
      Set.of("history", "persist", "flow", "optimistic", "cache", "statemachine", "sync");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream problems = new ByteArrayOutputStream();

  @Test
  void run_everyLineIsOk_exitsWithZeroAndPrintsOnlyLines() {
    int status = run(contest -> line(contest, true), "store");

    assertThat(status).isZero();
    assertThat(text(out).lines())
        .containsExactly(
            "store.commit 0.50x (target <= 1.00x) ok", "store.leak 0.50x (target <= 1.00x) ok");
    assertThat(text(problems)).isEmpty();
  }

  @Test
  void run_oneLineIsShort_goesOnAndExitsWithOne() {
    int status = run(contest -> line(contest, !contest.name().equals("commit")), "store");

    assertThat(status).isEqualTo(1);
    assertThat(text(out).lines())
        .containsExactly(
            "store.commit 0.50x (target <= 1.00x) short", "store.leak 0.50x (target <= 1.00x) ok");
  }

  @Test
  void run_quick_takesFewerPairs() {
    var scoreboard =
        new Scoreboard(
            stream(out),
            stream(problems),
            suites(),
            pace -> contest -> line(contest, pace.pairs() < Pace.FULL.pairs()));

    assertThat(scoreboard.run("store", "--quick")).isZero();
    assertThat(scoreboard.run("store")).isEqualTo(1);
    assertThat(Pace.FULL.pairs()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void quick_fewTimes_warmsUpFully() {
    assertThat(Pace.quick(10).warmUpMillis()).isEqualTo(Pace.FULL.warmUpMillis());
    assertThat(Pace.quick(10).pairs()).isEqualTo(Pace.QUICK.pairs());
    assertThat(Pace.quick(11)).isEqualTo(Pace.QUICK);
  }

  @Test
  void run_noArguments_listsTheSuites() {
    int status = run(contest -> line(contest, true));

    assertThat(status).isZero();
    assertThat(text(out)).isEqualTo("store: 2 lines\n");
  }

  @Test
  void run_unknownSuite_saysWhichThereAre() {
    int status = run(contest -> line(contest, true), "stroe");

    assertThat(status).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(problems)).contains("'stroe'", "The suites are store.", "Usage:");
  }

  @Test
  void run_unknownOption_saysWhatThereIs() {
    int status = run(contest -> line(contest, true), "store", "--fast");

    assertThat(status).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(problems)).contains("--quick", "'--fast'");
  }

  @Test
  void suites_store_hasTheLinesOfItsParts() {
    Map<String, List<List<Contest>>> suites = Suites.all();
    Set<String> names = suites.keySet();

    assertThat(names).contains("store", "keyed", "graph", "collection", "leak");
    List<String> store = names(suites, "store");
    assertThat(store).doesNotHaveDuplicates();
    for (String name : names) {
      if (!OVER_TIME.contains(name)) {
        assertThat(store).containsAll(names(suites, name));
      }
    }
  }

  @Test
  void suites_overTime_haveLinesOfTheirOwn() {
    Map<String, List<List<Contest>>> suites = Suites.all();

    assertThat(suites).containsKeys(OVER_TIME.toArray(String[]::new));
    for (String suite : OVER_TIME) {
      assertThat(names(suites, suite))
          .doesNotHaveDuplicates()
          .isNotEmpty()
          .allMatch(name -> name.startsWith(suite + "."))
          .doesNotContainAnyElementsOf(names(suites, "store"));
    }
  }

  private static List<String> names(Map<String, List<List<Contest>>> suites, String suite) {
    return suites.get(suite).stream().flatMap(List::stream).map(Contest::name).toList();
  }

  private int run(Judge judge, String... args) {
    return new Scoreboard(stream(out), stream(problems), suites(), pace -> judge).run(args);
  }

  private static Map<String, List<List<Contest>>> suites() {
    return Map.of("store", List.of(List.of(contest("commit")), List.of(contest("leak"))));
  }

  private static Contest contest(String name) {
    return new Contest.Exact(name, new Entry("stateward", "none"), "nothing");
  }

  private static Line line(Contest contest, boolean ok) {
    return new Line(contest.name(), "0.50x", "<= 1.00x", ok);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
