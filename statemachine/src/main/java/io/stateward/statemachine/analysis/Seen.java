package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What macrosteps visited. */
final class Seen {

  final Set<String> states = new LinkedHashSet<>();
  final Set<Trace.Transition> transitions = new LinkedHashSet<>();
  final Set<PathCoverage.GuardOutcome> guards = new LinkedHashSet<>();
  final Set<PathCoverage.Pair> pairs = new LinkedHashSet<>();
  private final Chart chart;

  Seen(Chart chart) {
    this.chart = chart;
  }

  /** Returns the transitions of a macrostep, in the order in which they were taken. */
  static List<Trace.Transition> taken(Step<?> step) {
    return transitions(step.trace().microsteps());
  }

  private static List<Trace.Transition> transitions(List<Trace.Microstep> microsteps) {
    return microsteps.stream().flatMap(it -> it.transitions().stream()).toList();
  }

  /** Returns the microsteps, without the one that enters the initial state. */
  private static List<Trace.Microstep> afterEntry(Step<?> begin) {
    List<Trace.Microstep> microsteps = begin.trace().microsteps();
    return microsteps.isEmpty() ? microsteps : microsteps.subList(1, microsteps.size());
  }

  /** Returns the transitions that were taken last, when a machine has begun. */
  static List<Trace.Transition> begun(Step<?> begin) {
    return last(List.of(), afterEntry(begin));
  }

  /** Adds a macrostep from somewhere, and the transition before it. */
  <S> void add(
      @Nullable Snapshot<S> from,
      @Nullable Stimulus by,
      Step<S> step,
      List<Trace.Transition> before) {
    states.addAll(step.snapshot().active());
    step.trace().microsteps().forEach(it -> states.addAll(it.entered()));
    List<Trace.Microstep> microsteps = from == null ? afterEntry(step) : step.trace().microsteps();
    List<Trace.Transition> taken = transitions(microsteps);
    transitions.addAll(taken);
    pairs.addAll(pairs(before, microsteps));
    for (Trace.Transition each : taken) {
      if (each.guard() != null) {
        guards.add(new PathCoverage.GuardOutcome(each, true));
      }
    }
    if (from != null && by != null) {
      refused(from, answering(by), new LinkedHashSet<>(taken));
    }
    refused(step.snapshot(), arc -> arc.trigger() instanceof Trigger.Always, Set.of());
  }

  /** Returns the pairs that a macrostep makes with what came before it, and within it. */
  static Set<PathCoverage.Pair> pairs(List<Trace.Transition> before, Step<?> step) {
    return pairs(before, step.trace().microsteps());
  }

  private static Set<PathCoverage.Pair> pairs(
      List<Trace.Transition> before, List<Trace.Microstep> microsteps) {
    Set<PathCoverage.Pair> pairs = new LinkedHashSet<>();
    List<Trace.Transition> last = before;
    for (Trace.Microstep microstep : microsteps) {
      for (Trace.Transition first : last) {
        microstep.transitions().forEach(it -> pairs.add(new PathCoverage.Pair(first, it)));
      }
      last = microstep.transitions();
    }
    return pairs;
  }

  /** Returns the transitions of the last microstep, or those before if none was taken. */
  static List<Trace.Transition> last(List<Trace.Transition> before, Step<?> step) {
    return last(before, step.trace().microsteps());
  }

  private static List<Trace.Transition> last(
      List<Trace.Transition> before, List<Trace.Microstep> microsteps) {
    return microsteps.isEmpty() ? before : microsteps.get(microsteps.size() - 1).transitions();
  }

  /** Guards that were asked before the transition that was taken did not hold. */
  private void refused(Snapshot<?> at, Predicate<Arc> occurrence, Set<Trace.Transition> taken) {
    for (String name : at.leaves()) {
      for (Arc arc : Facts.candidates(chart.node(name), occurrence)) {
        if (taken.contains(arc.label())) {
          break;
        }
        if (arc.guard() != null) {
          guards.add(new PathCoverage.GuardOutcome(arc.label(), false));
        }
      }
    }
  }

  private Predicate<Arc> answering(Stimulus by) {
    if (by instanceof Stimulus.Event event) {
      int kind = chart.events().kindOf(event.event());
      Object key = chart.events().key(kind);
      return arc -> arc.trigger() instanceof Trigger.On on && on.kinds().test(key);
    }
    List<Trigger> triggers = new ArrayList<>();
    if (by instanceof Stimulus.Timer timer && !timer.state().isEmpty()) {
      triggers.add(new Trigger.After(chart.timer(timer.state(), timer.name())));
    } else if (by instanceof Stimulus.Done done) {
      triggers.add(ended(done.state(), done.work(), Trigger.Ending.DONE));
    } else if (by instanceof Stimulus.Failed failed) {
      Node node = chart.node(failed.state());
      Trigger late = ended(failed.state(), failed.work(), Trigger.Ending.TIMEOUT);
      boolean timeout =
          failed.cause() instanceof java.util.concurrent.TimeoutException
              && node.arcs().stream().anyMatch(arc -> arc.trigger().equals(late));
      triggers.add(timeout ? late : ended(failed.state(), failed.work(), Trigger.Ending.ERROR));
    }
    return arc -> triggers.contains(arc.trigger());
  }

  private Trigger ended(String state, String work, Trigger.Ending ending) {
    return new Trigger.Ended(chart.invoke(state, work), ending);
  }
}
