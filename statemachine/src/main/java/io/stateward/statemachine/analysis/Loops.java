package io.stateward.statemachine.analysis;

import io.stateward.statemachine.analysis.Walk.Edge;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds circles of transitions that wait for no event. */
final class Loops {

  private final Facts facts;
  private final Reach reach;
  private final Found found;
  private final List<Arc> eventless;
  private final Set<Node> reported = new HashSet<>();

  Loops(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
    this.eventless =
        facts.arcs.stream().filter(arc -> arc.trigger() instanceof Trigger.Always).toList();
  }

  /** Adds those that no guard can stop. */
  void errors() {
    for (Arc arc : eventless) {
      if (arc.guard() == null && arc.targets().isEmpty() && reach.reached(arc.source())) {
        found.add(
            Rule.IDLE_EVENTLESS,
            List.of(arc.source()),
            "State %s has a transition without event, guard and target, which would be taken for"
                + " ever; give it a guard or a target, or make it an entry action.",
            arc.source());
        facts.leaves.stream().filter(leaf -> within(arc.source(), leaf)).forEach(reported::add);
      }
    }
    circles(this::certain, this::endless);
  }

  /** Adds those that guards may stop. */
  void warnings() {
    circles(this::possible, this::doubtful);
  }

  private interface Reporter {
    boolean report(List<Edge<Node, Arc>> circle);
  }

  private void circles(Function<Node, List<Edge<Node, Arc>>> edges, Reporter reporter) {
    if (eventless.isEmpty()) {
      return;
    }
    for (Node leaf : facts.leaves) {
      if (reach.reached(leaf) && !reported.contains(leaf)) {
        List<Edge<Node, Arc>> circle = Walk.circle(leaf, edges);
        if (circle != null && reporter.report(circle)) {
          circle.forEach(edge -> reported.add(edge.from()));
        }
      }
    }
  }

  private boolean endless(List<Edge<Node, Arc>> circle) {
    found.add(
        Rule.ENDLESS_EVENTLESS,
        about(circle),
        "The transitions %s need no event and have no guard, so that a macrostep would never end;"
            + " give one of them a guard or an event.",
        text(circle));
    return true;
  }

  private boolean doubtful(List<Edge<Node, Arc>> circle) {
    if (circle.stream().anyMatch(edge -> reported.contains(edge.from())) || excluded(circle)) {
      return false;
    }
    found.add(
        Rule.POSSIBLE_LOOP,
        about(circle),
        "The transitions %s need no event; if their guards hold again and again, the macrostep"
            + " fails after %d microsteps.",
        text(circle),
        facts.chart.budget());
    return true;
  }

  /** Whether one guard of a circle is the opposite of another, going by their names. */
  private static boolean excluded(List<Edge<Node, Arc>> circle) {
    for (Edge<Node, Arc> one : circle) {
      for (Edge<Node, Arc> other : circle) {
        if (Facts.complementary(one.by().guard(), other.by().guard())) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Node> about(List<Edge<Node, Arc>> circle) {
    return circle.stream().map(Edge::from).toList();
  }

  private static String text(List<Edge<Node, Arc>> circle) {
    return circle.stream()
        .map(edge -> edge.by() + guard(edge.by()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String guard(Arc arc) {
    return arc.guard() == null ? "" : " if " + arc.guard().name();
  }

  /** What surely comes next: no guard is asked before, and no other region can interfere. */
  private List<Edge<Node, Arc>> certain(Node leaf) {
    List<Arc> candidates = Facts.eventless(leaf);
    if (candidates.isEmpty() || candidates.get(0).guard() != null) {
      return List.of();
    }
    Arc arc = candidates.get(0);
    boolean sure =
        arc.targets().stream().noneMatch(Node::pseudo)
            && eventless.stream().noneMatch(other -> interferes(other, leaf));
    return sure ? edges(leaf, arc) : List.of();
  }

  private static boolean interferes(Arc other, Node leaf) {
    return other.leaves(leaf) && Facts.orthogonal(other.source(), leaf);
  }

  private List<Edge<Node, Arc>> possible(Node leaf) {
    List<Edge<Node, Arc>> edges = new ArrayList<>();
    Facts.eventless(leaf).forEach(arc -> edges.addAll(edges(leaf, arc)));
    return edges;
  }

  private List<Edge<Node, Arc>> edges(Node leaf, Arc arc) {
    List<Edge<Node, Arc>> edges = new ArrayList<>();
    List<Node> next = facts.leavesEntered(arc);
    next.forEach(to -> edges.add(new Edge<>(leaf, arc, to)));
    if (!arc.leaves(leaf) && !next.contains(leaf)) {
      edges.add(new Edge<>(leaf, arc, leaf));
    }
    return edges;
  }

  private static boolean within(Node around, Node leaf) {
    return around == leaf || around.contains(leaf);
  }
}
