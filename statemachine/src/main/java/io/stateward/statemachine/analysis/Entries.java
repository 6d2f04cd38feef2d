package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which states a transition enters, histories taken for their defaults: what else they remember was
 * entered before.
 */
final class Entries {

  private final Set<Integer> entered = new TreeSet<>();
  private final Chart chart;

  private Entries(Chart chart) {
    this.chart = chart;
  }

  /** Returns the states that a machine begins in, and what is around them. */
  static List<Node> atTheBeginning(Chart chart) {
    Entries entries = new Entries(chart);
    entries.enter(chart.root(), List.of());
    return entries.nodes();
  }

  /** Returns the states that a transition enters, in the order of the document. */
  static List<Node> of(Chart chart, Arc arc) {
    Entries entries = new Entries(chart);
    entries.towards(arc.targets(), arc::leaves);
    return entries.nodes();
  }

  private List<Node> nodes() {
    return entered.stream().map(chart.nodes()::get).toList();
  }

  /** Enters targets and what is around them, as far as it is not active. */
  private void towards(List<Node> targets, Predicate<Node> inactive) {
    for (Node target : targets) {
      Node around = target.parent();
      while (around != null && inactive.test(around)) {
        enterAround(around, targets);
        around = around.parent();
      }
      enter(target, targets);
    }
  }

  /** Enters a state on the way to targets; of a parallel one also the regions without targets. */
  private void enterAround(Node node, List<Node> targets) {
    if (entered.add(node.number()) && node.kind() == StateSpec.Kind.PARALLEL) {
      for (Node region : node.children()) {
        if (!holds(region, targets)) {
          enter(region, targets);
        }
      }
    }
  }

  /** Enters a state and where it begins. */
  private void enter(Node node, List<Node> targets) {
    Arc begin = node.initial();
    if (node.pseudo()) {
      Node parent = node.parent();
      if (begin != null && parent != null) {
        towards(begin.targets(), parent::contains);
      }
      return;
    }
    entered.add(node.number());
    if (node.kind() == StateSpec.Kind.PARALLEL) {
      for (Node region : node.children()) {
        if (!holds(region, targets)) {
          enter(region, targets);
        }
      }
    } else if (begin != null) {
      towards(begin.targets(), node::contains);
    }
  }

  private static boolean holds(Node region, List<Node> targets) {
    return targets.stream().anyMatch(target -> target == region || region.contains(target));
  }
}
