package io.stateward.statemachine.analysis;

import io.stateward.statemachine.analysis.Walk.Edge;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds circles of events that raise one another, and of ends of states that lead to their ends
 * again. An event that a function makes is unknown before it runs; such are not seen here, but by
 * {@link ModelCheck}.
 */
final class Raises {

  /** An event, or the end of a state, that is to be answered while a leaf is active. */
  private record Moment(Node leaf, int kind, @Nullable Node ended) {}

  private final Facts facts;
  private final Reach reach;
  private final Found found;
  private final boolean any;
  private final Set<Moment> reported = new HashSet<>();

  Raises(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
    this.any =
        facts.arcs.stream()
            .anyMatch(arc -> arc.trigger() instanceof Trigger.Done || !raised(arc).isEmpty());
  }

  void errors() {
    circles(
        this::certain,
        Rule.ENDLESS_RAISE,
        "The transitions %s raise the events, or end the states, that one another wait for, without"
            + " a guard, so that a macrostep would never end; give one of them a guard.");
  }

  void warnings() {
    circles(
        this::possible,
        Rule.POSSIBLE_RAISE_LOOP,
        "The transitions %s raise the events, or end the states, that one another wait for; if their"
            + " guards hold again and again, the macrostep fails.");
  }

  private void circles(Function<Moment, List<Edge<Moment, Arc>>> edges, Rule rule, String text) {
    for (Moment moment : moments()) {
      List<Edge<Moment, Arc>> circle =
          reported.contains(moment) ? null : Walk.circle(moment, edges);
      if (circle != null && circle.stream().noneMatch(it -> reported.contains(it.from()))) {
        circle.forEach(edge -> reported.add(edge.from()));
        String arcs =
            circle.stream()
                .map(edge -> edge.by().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        found.add(rule, circle.stream().map(it -> it.from().leaf()).toList(), text, arcs);
      }
    }
  }

  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (Node leaf : any ? facts.leaves : List.<Node>of()) {
      if (reach.reached(leaf)) {
        for (int kind = 0; kind < facts.alphabet.size(); kind++) {
          moments.add(new Moment(leaf, kind, null));
        }
        moments.addAll(ends(leaf));
      }
    }
    return moments;
  }

  /**
   * Returns what may end when a leaf is entered: the state around it, and a parallel around that.
   */
  private List<Moment> ends(Node leaf) {
    List<Moment> ends = new ArrayList<>();
    Node around = leaf.parent();
    while (leaf.kind() == StateSpec.Kind.FINAL && around != null && reach.ends(around)) {
      ends.add(new Moment(leaf, -1, around));
      Node outer = around.parent();
      around = outer != null && outer.kind() == StateSpec.Kind.PARALLEL ? outer : null;
    }
    return ends;
  }

  /** What surely comes next: one event, no guard, nothing without an event in between. */
  private List<Edge<Moment, Arc>> certain(Moment moment) {
    List<Arc> candidates = candidates(moment);
    if (candidates.isEmpty() || candidates.get(0).guard() != null) {
      return List.of();
    }
    Arc arc = candidates.get(0);
    List<Edge<Moment, Arc>> edges = edges(moment, arc);
    boolean sure =
        edges.size() == 1
            && arc.targets().stream().noneMatch(Node::pseudo)
            && facts.leavesEntered(arc).stream().allMatch(it -> Facts.eventless(it).isEmpty())
            && facts.arcs.stream().noneMatch(other -> interferes(other, moment.leaf()));
    return sure ? edges : List.of();
  }

  private static boolean interferes(Arc other, Node leaf) {
    return other.leaves(leaf) && Facts.orthogonal(other.source(), leaf);
  }

  private List<Edge<Moment, Arc>> possible(Moment moment) {
    List<Edge<Moment, Arc>> edges = new ArrayList<>();
    candidates(moment).forEach(arc -> edges.addAll(edges(moment, arc)));
    return edges;
  }

  private List<Arc> candidates(Moment moment) {
    Node ended = moment.ended();
    return Facts.candidates(
        moment.leaf(),
        arc ->
            ended == null
                ? facts.kinds(arc).get(moment.kind())
                : arc.source() == ended && arc.trigger() instanceof Trigger.Done);
  }

  private List<Edge<Moment, Arc>> edges(Moment moment, Arc arc) {
    if (!Facts.acts(arc)) {
      return List.of();
    }
    Set<Node> entered = settled(facts.leavesEntered(arc));
    Set<Node> next = new LinkedHashSet<>(entered);
    if (!arc.leaves(moment.leaf())) {
      next.add(moment.leaf());
    }
    List<Edge<Moment, Arc>> edges = new ArrayList<>();
    for (Node leaf : next) {
      raised(arc).forEach(it -> edges.add(new Edge<>(moment, arc, new Moment(leaf, it, null))));
    }
    for (Node leaf : entered) {
      ends(leaf).forEach(end -> edges.add(new Edge<>(moment, arc, end)));
    }
    return edges;
  }

  /** Returns leaves and what they may lead to without an event. */
  private Set<Node> settled(List<Node> leaves) {
    Set<Node> settled = new LinkedHashSet<>(leaves);
    Deque<Node> waiting = new ArrayDeque<>(leaves);
    while (!waiting.isEmpty()) {
      for (Arc arc : Facts.eventless(waiting.remove())) {
        facts.leavesEntered(arc).stream().filter(settled::add).forEach(waiting::add);
      }
    }
    return settled;
  }

  /** Returns the kinds of the events that a transition raises, as far as their names tell. */
  private List<Integer> raised(Arc arc) {
    Stream<Action> entry = facts.entered(arc).stream().flatMap(node -> node.entry().stream());
    return Stream.concat(arc.actions().stream(), entry)
        .filter(Action.Raise.class::isInstance)
        .map(action -> facts.alphabet.named(action.name()))
        .filter(kind -> kind >= 0)
        .toList();
  }
}
