package io.stateward.statemachine.diagram;

import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands out in a drawing.
 *
 * @param active the names of the active states
 * @param taken the transitions that were taken last
 */
record Highlight(Set<String> active, Set<Trace.Transition> taken) {

  static final Highlight NONE = new Highlight(Set.of(), Set.of());

  Highlight {
    active = Set.copyOf(active);
    taken = Set.copyOf(taken);
  }

  /** Returns what a snapshot says, which must be one of the chart. */
  static Highlight of(Chart chart, Snapshot<?> snapshot) {
    snapshot.active().forEach(chart::node);
    return new Highlight(Set.copyOf(snapshot.active()), Set.of());
  }

  /** Returns what a step says, which must be one of the chart. */
  static Highlight of(Chart chart, Step<?> step) {
    return new Highlight(
        of(chart, step.snapshot()).active,
        step.trace().microsteps().stream()
            .flatMap(it -> it.transitions().stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean active(Node node) {
    return active.contains(node.name());
  }

  boolean taken(Arc arc) {
    return taken.contains(arc.label());
  }
}
