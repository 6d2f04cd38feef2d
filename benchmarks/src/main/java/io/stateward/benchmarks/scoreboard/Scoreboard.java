package io.stateward.benchmarks.scoreboard;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs a suite against the peers and prints one line per figure.
 *
 * <pre>{@code
 * benchmarks/scoreboard store --quick
 * }</pre>
 *
 * @since 0.1
 */
public final class Scoreboard {

  private static final int SHORT = 1;
  private static final int MISUSED = 2;

  private final PrintStream out;
  private final PrintStream problems;
  private final Map<String, List<List<Contest>>> suites;
  private final Function<Pace, Judge> judges;

  Scoreboard(
      PrintStream out,
      PrintStream problems,
      Map<String, List<List<Contest>>> suites,
      Function<Pace, Judge> judges) {
    this.out = out;
    this.problems = problems;
    this.suites = suites;
    this.judges = judges;
  }

  /**
   * Runs a suite.
   *
   * @param args the name of the suite, and perhaps {@code --quick}; nothing lists the suites
   */
  public static void main(String[] args) {
    System.exit(new Scoreboard(System.out, System.err, Suites.all(), Referee::new).run(args));
  }

  /** Returns the exit status: 0 if all is ok, 1 if a line is short, 2 for a wrong call. */
  int run(String... args) {
    if (args.length == 0) {
      suites.forEach((name, groups) -> out.printf("%s: %d lines%n", name, count(groups)));
      return 0;
    }
    List<List<Contest>> suite = suites.get(args[0]);
    if (suite == null) {
      return misused(
          "There is no suite '%s'. The suites are %s."
              .formatted(args[0], String.join(", ", suites.keySet())));
    }
    if (args.length > 2 || (args.length == 2 && !args[1].equals("--quick"))) {
      return misused(
          "After the suite comes nothing or --quick, not '%s'."
              .formatted(String.join(" ", List.of(args).subList(1, args.length))));
    }
    return run(args[0], suite, args.length == 2 ? Pace.quick(timed(suite)) : Pace.FULL);
  }

  private static int count(List<List<Contest>> groups) {
    return groups.stream().mapToInt(List::size).sum();
  }

  private static int timed(List<List<Contest>> groups) {
    return (int)
        groups.stream()
            .flatMap(List::stream)
            .filter(contest -> contest instanceof Contest.Race || contest instanceof Contest.Lap)
            .count();
  }

  private int misused(String problem) {
    problems.println(problem);
    problems.println("Usage: benchmarks/scoreboard SUITE [--quick]");
    return MISUSED;
  }

  private int run(String suite, List<List<Contest>> groups, Pace pace) {
    boolean allOk = true;
    for (List<Contest> group : groups) {
      try (Judge judge = judges.apply(pace)) {
        for (Contest contest : group) {
          Line line = judge.judge(contest).in(suite);
          allOk &= line.ok();
          out.println(line);
          out.flush();
        }
      }
    }
    return allOk ? 0 : SHORT;
  }
}
