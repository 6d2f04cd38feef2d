package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the histories remember, and where transitions to them lead because of it. */
final class Past {

  private final Chart chart;
  final @Nullable Remembered[] remembered;

  Past(Chart chart) {
    this.chart = chart;
    this.remembered = new Remembered[chart.histories.length];
  }

  void load(@Nullable Remembered @Nullable [] from) {
    for (int i = 0; i < remembered.length; i++) {
      remembered[i] = from == null ? null : from[i];
    }
  }

  @Nullable Remembered of(Node history) {
    return remembered[history.history];
  }

  /** Returns the ranges that a transition leaves now. */
  int[] scope(Arc arc) {
    if (!arc.historic) {
      return arc.scope;
    }
    Node[] targets = effective(arc);
    return Scopes.scope(domain(arc, targets), arc.source, targets, chart.strict());
  }

  /** Returns what stays active around what a transition leaves and enters now. */
  Node domain(Arc arc) {
    Node fixed = arc.domain;
    return arc.historic || fixed == null ? domain(arc, effective(arc)) : fixed;
  }

  private Node domain(Arc arc, Node[] targets) {
    return Scopes.domain(arc.source, targets, arc.external, chart.strict());
  }

  /** Returns the targets of a transition, with what they stand for in place of histories. */
  Node[] effective(Arc arc) {
    if (!arc.historic) {
      return arc.targets;
    }
    List<Node> targets = new ArrayList<>();
    for (Node target : arc.targets) {
      if (!target.pseudo()) {
        targets.add(target);
      } else {
        add(targets, target);
      }
    }
    return targets.toArray(Node[]::new);
  }

  private void add(List<Node> targets, Node history) {
    Remembered states = of(history);
    if (states == null) {
      targets.addAll(List.of(effective(Chart.initial(history))));
      return;
    }
    for (int state : states.states) {
      if (enters(history, chart.nodes[state])) {
        targets.add(chart.nodes[state]);
      }
    }
  }

  /** Remembers what is active in the parent of a history. */
  void record(Node history, Around now) {
    Node parent = history.parent;
    if (parent == null) {
      return;
    }
    int[] states = new int[parent.end - parent.number];
    int size = 0;
    for (int i = Bits.next(now.active, parent.number + 1);
        i >= 0 && i < parent.end;
        i = Bits.next(now.active, i + 1)) {
      Node node = chart.nodes[i];
      boolean counts =
          shallow(history)
              ? node.parent == parent
              : node.leaf() || node.kind == StateSpec.Kind.PARALLEL;
      if (counts) {
        states[size++] = i;
      }
    }
    remembered[history.history] = remembered(java.util.Arrays.copyOf(states, size), now);
  }

  private Remembered remembered(int[] states, Around now) {
    @Nullable Object[] data = new Object[states.length];
    for (int i = 0; i < states.length; i++) {
      Node node = chart.nodes[states[i]];
      boolean holds = node.leaf() || node.kind == StateSpec.Kind.PARALLEL;
      data[i] = holds ? now.slots[node.slot] : null;
    }
    return new Remembered(states, data);
  }

  /** Whether a state that a history remembers is a target, and not only a holder of data. */
  static boolean enters(Node history, Node state) {
    return shallow(history) || state.leaf();
  }

  private static boolean shallow(Node history) {
    return history.kind == StateSpec.Kind.SHALLOW_HISTORY;
  }
}
