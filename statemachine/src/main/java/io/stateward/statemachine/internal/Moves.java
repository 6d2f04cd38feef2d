package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which transitions can go the direct way: those that leave and enter nothing but a line
 * of states without parallel ones, and do nothing but what runs after the step.
 */
final class Moves {

  static final Arc[] NO_ARCS = {};

  private final Chart chart;
  private final Arc arc;
  private final List<Node> left = new ArrayList<>();
  private final List<Node> entered = new ArrayList<>();
  private final List<DataFunction> makers = new ArrayList<>();
  private final List<Arc> begun = new ArrayList<>();
  private final Deeds deeds = new Deeds();

  private Moves(Chart chart, Arc arc) {
    this.chart = chart;
    this.arc = arc;
  }

  static Move of(Chart chart, Arc arc, Node leaf) {
    Move move = new Moves(chart, arc).direct(leaf);
    return move == null ? new Move(arc) : move;
  }

  /** Returns how the machine begins, if that is direct; else null. */
  static @Nullable Move begin(Chart chart) {
    Arc begin = Chart.initial(chart.root());
    return chart.direct && !chart.strict() && chart.contexts.length == 0
        ? new Moves(chart, begin).begin()
        : null;
  }

  private @Nullable Move begin() {
    if (!runs(chart.root().entry)) {
      return null;
    }
    Node leaf = toLeaf(chart.root());
    if (leaf == null || restless(leaf)) {
      return null;
    }
    add(deeds.entry, chart.root(), chart.root().entry, false);
    add(deeds.entry, chart.root(), arc.actions, false);
    enter();
    return new Move(arc, leaf, makers, deeds, left, entered);
  }

  /** Returns the direct move, or null if the transition must take the general way. */
  private @Nullable Move direct(Node leaf) {
    boolean plain =
        chart.direct
            && !chart.strict()
            && arc.trigger instanceof Trigger.On
            && arc.reaction == ArcSpec.Reaction.ACT
            && arc.assigns.length == 0
            && runs(arc.actions);
    if (!plain) {
      return null;
    }
    if (arc.update != null) {
      makers.add(arc.update);
    }
    Node to = arc.targets.length == 0 ? leaf : travel(leaf);
    if (to == null || restless(to)) {
      return null;
    }
    if (arc.update != null && makers.size() > 1 && arc.actions.length > 0) {
      return null; // the actions see what is between the update and the data of the target
    }
    gather();
    return new Move(arc, to, makers, deeds, left, entered);
  }

  /** Whether something may follow by itself; beside other regions, whatever they are in. */
  private boolean restless(Node leaf) {
    if (!chart.flat()) {
      return !Bits.isEmpty(chart.features.always);
    }
    for (Node node = leaf; node != null; node = node.parent) {
      if (Bits.has(chart.features.always, node.number)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Collects what is left and entered; returns the leaf at the end, or null for the general way.
   */
  private @Nullable Node travel(Node leaf) {
    Node domain = arc.domain;
    Node target = arc.targets[0];
    if (arc.targets.length > 1
        || domain == null
        || domain.kind == StateSpec.Kind.PARALLEL
        || target.pseudo()) {
      return null;
    }
    for (Node node = leaf; node != null && node != domain; node = node.parent) {
      if (!quiet(node) || node.histories.length > 0) {
        return null;
      }
      left.add(node);
    }
    return toLeaf(domain);
  }

  /** Collects what is entered below a state, to where it ends. */
  private @Nullable Node toLeaf(Node from) {
    Node end = descend(from, arc);
    while (end != null && !end.leaf()) {
      begun.add(Chart.initial(end));
      end = descend(end, Chart.initial(end));
    }
    return end == null || announces(end) ? null : end;
  }

  private @Nullable Node descend(Node from, Arc by) {
    Node target = by.targets[0];
    if (by.targets.length > 1 || target.pseudo() || !runs(by.actions)) {
      return null;
    }
    List<Node> path = new ArrayList<>();
    for (Node node = target; node != null && node != from; node = node.parent) {
      if (!quiet(node)) {
        return null;
      }
      path.add(node);
    }
    Collections.reverse(path);
    entered.addAll(path);
    DataFunction maker = by.data[0];
    if (maker != null) {
      makers.add(maker);
    }
    return target;
  }

  private static boolean quiet(Node node) {
    return node.kind != StateSpec.Kind.PARALLEL
        && node.timers.length == 0
        && node.invokes.length == 0
        && runs(node.entry)
        && runs(node.exit);
  }

  /** Whether a final state is the end of something that may be answered to, or of all. */
  private boolean announces(Node leaf) {
    Node parent = leaf.parent;
    if (leaf.kind != StateSpec.Kind.FINAL || parent == null) {
      return false;
    }
    if (leaf.terminal()) {
      return chart.usesTime() || chart.needsActor(); // what is pending is to be cancelled
    }
    Node around = parent.parent;
    return answered(parent)
        || (around != null && around.kind == StateSpec.Kind.PARALLEL && answered(around));
  }

  private boolean answered(Node node) {
    if (chart.events().done(node.name) != null) {
      return true;
    }
    for (Arc each : node.arcs) {
      if (each.trigger instanceof Trigger.Done) {
        return true;
      }
    }
    return false;
  }

  private void gather() {
    for (Node node : left) {
      add(deeds.exit, node, node.exit, true);
    }
    add(deeds.content, arc.source, arc.actions, arc.targets.length > 0 && arc.update == null);
    enter();
  }

  private void enter() {
    for (Node node : entered) {
      add(deeds.entry, node, node.entry, false);
      for (Arc begin : begun) {
        if (begin.source == node) {
          add(deeds.entry, node, begin.actions, false);
        }
      }
    }
  }

  private static void add(List<Deed> to, Node node, Action[] actions, boolean before) {
    for (Action action : actions) {
      to.add(Deed.of(node, (Action.Run) action, before));
    }
  }

  private static boolean runs(Action[] actions) {
    for (Action action : actions) {
      if (!(action instanceof Action.Run)) {
        return false;
      }
    }
    return true;
  }
}
