package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.MachineDefinitionException;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.ChartMachine;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be said of a machine from its definition alone.
 *
 * <pre>{@code
 * Analysis analysis = Analysis.of(PAYMENT);
 * assertThat(analysis.warnings()).isEmpty();
 * System.out.println(analysis.coverage());        // state by event
 * }</pre>
 *
 * <p>Guards and functions are opaque: a guard is taken to hold or not, as it may, except that
 * {@code "not g"} and {@code "!g"} are taken for the opposite of {@code "g"}, and equal names for
 * the same guard. What a warning says of guards is therefore a possibility; what an error says is
 * certain, once its states are entered.
 *
 * <p>{@code build()} makes the checks for errors and refuses a machine that has one. In charts that
 * keep to the W3C's rules to the letter nothing is an error, as those rules allow it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> Meant for tests: without parallel states about linear in states, transitions and
 * kinds of events; with them, pairs of transitions of different regions are compared.
 *
 * @see ModelCheck
 * @since 0.1
 */
public final class Analysis {

  private final String machine;
  private final List<Finding> findings;
  private final Coverage coverage;

  private Analysis(Chart chart) {
    Facts facts = new Facts(chart);
    Shadows shadows = new Shadows(facts);
    Set<Arc> neverTaken = shadows.neverTaken();
    Reach reach = new Reach(facts, neverTaken);
    Found found = new Found(facts, reach);
    Loops loops = new Loops(facts, reach, found);
    Raises raises = new Raises(facts, reach, found);
    Answers answers = new Answers(facts, reach, found);
    answers.errors();
    loops.errors();
    raises.errors();
    answers.warnings(shadows);
    loops.warnings();
    raises.warnings();
    new Ends(facts, reach, found, neverTaken).check();
    new Waits(facts, reach, found).check();
    Regions regions = new Regions(facts, reach, found);
    regions.check(neverTaken);
    regions.joins();
    machine = chart.name();
    findings = found.all();
    coverage = new Coverage(facts, reach);
  }

  /**
   * Analyses a machine.
   *
   * @param machine the machine
   * @return what was found
   */
  public static Analysis of(Machine<?, ?> machine) {
    return new Analysis(chart(machine));
  }

  /**
   * Makes the checks that {@code build()} makes, and no others.
   *
   * @param machine the machine
   * @throws MachineDefinitionException if there is an error, with all that there are
   */
  public static void requireNoErrors(Machine<?, ?> machine) {
    Chart chart = chart(machine);
    if (chart.strict()) {
      return;
    }
    Facts facts = new Facts(chart);
    Reach reach = new Reach(facts, new Shadows(facts).neverTaken());
    Found found = new Found(facts, reach);
    new Answers(facts, reach, found).errors();
    new Loops(facts, reach, found).errors();
    new Raises(facts, reach, found).errors();
    List<String> problems = found.all().stream().map(Finding::message).toList();
    if (!problems.isEmpty()) {
      throw new MachineDefinitionException(chart.name(), problems);
    }
  }

  /** Returns the chart of a machine. */
  static Chart chart(Machine<?, ?> machine) {
    if (machine instanceof ChartMachine<?, ?> known) {
      return known.chart();
    }
    throw new IllegalArgumentException(
        "%s is no machine of this library, so there is nothing to look at.".formatted(machine));
  }

  /**
   * Returns what was found.
   *
   * @return the findings, errors first
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * Returns what was found by one rule.
   *
   * @param rule the rule
   * @return the findings
   */
  public List<Finding> findings(Rule rule) {
    return findings.stream().filter(finding -> finding.rule() == rule).toList();
  }

  /**
   * Returns what is doubtful.
   *
   * @return the findings that are warnings
   */
  public List<Finding> warnings() {
    return findings.stream().filter(it -> it.severity() == Severity.WARNING).toList();
  }

  /**
   * Returns which state answers to which event.
   *
   * @return the table
   */
  public Coverage coverage() {
    return coverage;
  }

  /** Returns a line for each finding. */
  @Override
  public String toString() {
    return findings.isEmpty()
        ? "Nothing is wrong with %s.".formatted(machine)
        : findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
