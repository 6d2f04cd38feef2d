package io.stateward.statemachine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.analysis.Draw.Event;
import io.stateward.statemachine.analysis.Vertex.Hop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the analysis says of charts by chance is compared with all that the engine does. */
final class AnalysisAgainstRunsTest {

  private static final AtomicInteger LOOPING = new AtomicInteger();
  private static final List<Rule> LOOPS =
      List.of(
          Rule.ENDLESS_EVENTLESS,
          Rule.IDLE_EVENTLESS,
          Rule.POSSIBLE_LOOP,
          Rule.ENDLESS_RAISE,
          Rule.POSSIBLE_RAISE_LOOP);

  @Property(tries = 600, seed = "20261123")
  void whatRuns_isNeverCalledImpossible(@ForAll long seed) {
    Draw chart = chart(new Random(seed), true);
    Analysis analysis = chart.analysis();
    Runs runs = new Runs(chart);

    Set<String> unreachable = names(analysis, Rule.UNREACHABLE_STATE);
    assertThat(runs.states).as(analysis.toString()).noneMatch(unreachable::contains);
    for (Trace.Transition taken : runs.transitions) {
      String text =
          " %s -[%s]-> %s is never".formatted(taken.source(), taken.trigger(), taken.targets());
      assertThat(analysis.findings(Rule.SHADOWED_TRANSITION).toString()).doesNotContain(text);
      assertThat(analysis.findings(Rule.DEAD_TRANSITION).toString()).doesNotContain(text);
    }
    if (runs.failed) {
      assertThat(analysis.findings())
          .as(analysis.toString())
          .anyMatch(it -> LOOPS.contains(it.rule()));
    }
  }

  @Property(tries = 600, seed = "20261124")
  void withoutGuards_whatIsCalledAnErrorFails(@ForAll long seed) {
    Draw chart = chart(new Random(seed), false);
    Analysis analysis = chart.analysis();
    Runs runs = new Runs(chart);

    // A way there may be one that another region always comes before: then nothing is entered.
    for (Finding finding : analysis.findings()) {
      if (finding.severity() == Severity.ERROR && !runs.failed) {
        assertThat(runs.states)
            .as(analysis.toString())
            .doesNotContainAnyElementsOf(finding.states());
      }
    }
    if (analysis.findings().stream().anyMatch(it -> LOOPS.contains(it.rule()))) {
      LOOPING.incrementAndGet();
    }
  }

  @AfterContainer
  static void chartsByChance_areOfAllSorts() {
    assertThat(LOOPING.get()).isBetween(30, 550);
  }

  private static Set<String> names(Analysis analysis, Rule rule) {
    return analysis.findings(rule).stream()
        .flatMap(it -> it.states().stream())
        .collect(Collectors.toSet());
  }

  /** Everything that the engine does, whatever events come; guards of these charts hold. */
  private static final class Runs {

    final Set<String> states = new HashSet<>();
    final Set<Trace.Transition> transitions = new HashSet<>();
    boolean failed;

    Runs(Draw chart) {
      Stimuli<Object, Event> stimuli = new Stimuli<>(chart.unchecked());
      if (stimuli.begin().outcome() instanceof Outcome.Failed) {
        failed = true;
        return;
      }
      Explorer<Object> explorer = new Explorer<>(stimuli, null, 2_000).all();
      Seen seen = new Seen(stimuli.chart());
      seen.add(null, null, explorer.first().arrival, List.of());
      for (Vertex<Object> vertex : explorer.vertices()) {
        failed |= fails(vertex, stimuli);
        for (Hop<Object> hop : vertex.hops) {
          seen.add(vertex.snapshot, hop.by(), hop.step(), List.of());
        }
      }
      states.addAll(seen.states);
      transitions.addAll(seen.transitions);
    }

    private static boolean fails(Vertex<Object> vertex, Stimuli<Object, Event> stimuli) {
      return stimuli.at(vertex.snapshot, vertex.due()).stream()
          .map(by -> stimuli.apply(vertex.snapshot, by))
          .anyMatch(step -> step != null && step.outcome() instanceof Outcome.Failed);
    }
  }

  private static Draw chart(Random random, boolean guards) {
    Draw chart = Draw.of("A", "B", "C", "P").inside("B", "B1", "B2", "B3");
    boolean regions = random.nextBoolean();
    if (regions) {
      chart.parallel("P", "R1", "R2").inside("R1", "X", "Y").inside("R2", "U", "V");
    }
    List<String> finals = new ArrayList<>();
    for (String leaf : regions ? List.of("C", "B3", "Y", "V") : List.of("C", "B3")) {
      if (random.nextInt(3) == 0) {
        chart.finals(leaf);
        finals.add(leaf);
      }
    }
    List<String> names = new ArrayList<>(chart.names());
    Set<String> drawn = new HashSet<>();
    for (int i = 2 + random.nextInt(9); i > 0; i--) {
      String from = names.get(random.nextInt(names.size()));
      String to = names.get(random.nextInt(names.size()));
      int kind = random.nextInt(7);
      if (!finals.contains(from)
          && drawn.add(from + (kind < 4 ? kind % 3 : kind == 6 ? "done" : "always") + to)) {
        arc(chart, random, guards, from, kind, to);
      }
    }
    return chart;
  }

  private static void arc(
      Draw chart, Random random, boolean guards, String from, int kind, String to) {
    String guard = guards && random.nextInt(3) == 0 ? "g" + random.nextInt(3) : null;
    boolean ends = List.of("B", "P", "R1", "R2").contains(from);
    if (kind == 4 || kind == 5) {
      chart.eventless(from, guard, to);
    } else if (kind == 6 && ends && !(from.equals("P") && !chart.hasRegions())) {
      chart.done(from, to);
    } else if (kind < 4) {
      chart.on(from, guard, Event.values()[kind % 3], to);
    }
  }
}
