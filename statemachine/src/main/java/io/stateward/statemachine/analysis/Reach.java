package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Trace;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which states can be active, region by region and whatever guards say, and a shortest way to each.
 */
final class Reach {

  /** A state that can be active, by which transition, which a state had that came before. */
  private record Way(@Nullable Arc arc, @Nullable Node from) {}

  private final Facts facts;
  private final Set<Arc> neverTaken;
  private final Map<Node, Way> ways = new HashMap<>();
  private final Deque<Node> waiting = new ArrayDeque<>();
  private final BitSet ended = new BitSet();

  Reach(Facts facts, Set<Arc> neverTaken) {
    this.facts = facts;
    this.neverTaken = neverTaken;
    Entries.atTheBeginning(facts.chart).forEach(node -> reach(node, new Way(null, null)));
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      node.arcs().stream()
          .filter(arc -> !(arc.trigger() instanceof Trigger.Done))
          .forEach(arc -> take(arc, node));
      if (node.kind() == StateSpec.Kind.FINAL) {
        end(node);
      }
    }
  }

  /** Whether a state can be active. */
  boolean reached(Node node) {
    return ways.containsKey(node);
  }

  /** Whether a state can come to its end: a final state in it, or in all of its regions. */
  boolean ends(Node node) {
    return ended.get(node.number());
  }

  /** Returns a shortest way to a state, or null if there is none. */
  @Nullable List<Trace.Transition> path(Node node) {
    if (!reached(node)) {
      return null;
    }
    Deque<Trace.Transition> path = new ArrayDeque<>();
    Way way = ways.get(node);
    while (way != null && way.arc() != null) {
      path.addFirst(way.arc().label());
      way = way.from() == null ? null : ways.get(way.from());
    }
    return List.copyOf(path);
  }

  private void reach(Node node, Way way) {
    if (ways.putIfAbsent(node, way) == null) {
      waiting.add(node);
    }
  }

  private void take(Arc arc, Node from) {
    if (Facts.acts(arc) && !neverTaken.contains(arc)) {
      facts.entered(arc).forEach(node -> reach(node, new Way(arc, from)));
    }
  }

  /** A final state is active: what is around it may have come to its end. */
  private void end(Node last) {
    Node around = last.parent();
    while (around != null && !ended.get(around.number()) && isEnd(around, last)) {
      ended.set(around.number());
      for (Arc arc : around.arcs()) {
        if (arc.trigger() instanceof Trigger.Done) {
          take(arc, last);
        }
      }
      around = around.parent();
    }
  }

  /** A compound ends with a final child, a parallel state with all of its regions. */
  private boolean isEnd(Node around, Node last) {
    return around.kind() == StateSpec.Kind.PARALLEL
        ? around.children().stream().allMatch(region -> ended.get(region.number()))
        : around == last.parent();
  }
}
