package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out which transitions can go the direct way, and all that can be known of them. */
final class Moves {

  static final Arc[] NO_ARCS = {};

  private final Chart chart;
  private final Arc arc;
  private final List<Node> left = new ArrayList<>();
  private final List<Node> entered = new ArrayList<>();
  private final List<DataFunction> makers = new ArrayList<>();
  private final List<Move.Deed> deeds = new ArrayList<>();
  private final List<Arc> begun = new ArrayList<>();

  private Moves(Chart chart, Arc arc) {
    this.chart = chart;
    this.arc = arc;
  }

  static Move of(Chart chart, Arc arc, Node leaf) {
    Move move = new Moves(chart, arc).direct(leaf);
    return move == null ? new Move(arc) : move;
  }

  /** Returns the direct move, or null if the transition must take the general way. */
  private @Nullable Move direct(Node leaf) {
    boolean plain =
        chart.flat()
            && !chart.strict()
            && !chart.features.contexts
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
    Node to = leaf;
    if (arc.targets.length > 0) {
      Node end = travel(leaf);
      if (end == null) {
        return null;
      }
      to = end;
    }
    for (Node node = to; node != null; node = node.parent) {
      if (Bits.has(chart.features.always, node.number)) {
        return null;
      }
    }
    if (arc.update != null && makers.size() > 1 && arc.actions.length > 0) {
      return null; // the actions see what is between the update and the data of the target
    }
    gather();
    return finish(to);
  }

  /**
   * Collects what is left and entered; returns the leaf at the end, or null for the general way.
   */
  private @Nullable Node travel(Node leaf) {
    Node domain = arc.domain;
    Node target = arc.targets[0];
    if (arc.targets.length > 1 || domain == null || target.pseudo()) {
      return null;
    }
    for (Node node = leaf; node != null && node != domain; node = node.parent) {
      if (!quiet(node) || node.histories.length > 0) {
        return null;
      }
      left.add(node);
    }
    Node end = descend(domain, arc);
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

  private boolean quiet(Node node) {
    return node.timers.length == 0
        && node.invokes.length == 0
        && runs(node.entry)
        && runs(node.exit);
  }

  /** Whether somebody may answer to the end that a final state is of its parent. */
  private boolean announces(Node leaf) {
    Node parent = leaf.parent;
    if (leaf.kind != StateSpec.Kind.FINAL || leaf.terminal() || parent == null) {
      return false;
    }
    if (chart.events().done(parent.name) != null) {
      return true;
    }
    for (Arc each : parent.arcs) {
      if (each.trigger instanceof Trigger.Done) {
        return true;
      }
    }
    return false;
  }

  private void gather() {
    for (Node node : left) {
      add(node, node.exit, true);
    }
    add(arc.source, arc.actions, arc.targets.length > 0 && arc.update == null);
    for (Node node : entered) {
      add(node, node.entry, false);
      for (Arc begin : begun) {
        if (begin.source == node) {
          add(node, begin.actions, false);
        }
      }
    }
  }

  private void add(Node node, Action[] actions, boolean before) {
    for (Action action : actions) {
      deeds.add(new Move.Deed(node.name, (Action.Run) action, before));
    }
  }

  private Move finish(Node to) {
    List<String> exits = left.stream().map(Node::name).toList();
    List<String> entries = entered.stream().map(Node::name).toList();
    Outcome outcome =
        arc.targets.length == 0 ? new Outcome.Updated() : new Outcome.Transitioned(exits, entries);
    Trace trace = new Trace(List.of(new Trace.Microstep(List.of(arc.label), exits, entries)));
    return new Move(arc, to.number, makers, deeds, outcome, trace);
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
