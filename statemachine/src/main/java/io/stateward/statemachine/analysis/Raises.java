package io.stateward.statemachine.analysis;

import io.stateward.statemachine.analysis.Walk.Edge;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds circles of events that raise one another. An event that a function makes is unknown before
 * it runs; such are not seen here, but by {@link ModelCheck}.
 */
final class Raises {

  /** An event that comes while a leaf is active. */
  private record Moment(Node leaf, int kind) {}

  private final Facts facts;
  private final Reach reach;
  private final Found found;
  private final boolean any;
  private final Set<Moment> reported = new HashSet<>();

  Raises(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
    this.any = facts.arcs.stream().anyMatch(arc -> !raised(arc).isEmpty());
  }

  void errors() {
    circles(
        this::certain,
        Rule.ENDLESS_RAISE,
        "The transitions %s raise the events of one another without a guard, so that a macrostep"
            + " would never end; give one of them a guard, or send the event instead.");
  }

  void warnings() {
    circles(
        this::possible,
        Rule.POSSIBLE_RAISE_LOOP,
        "The transitions %s raise the events of one another; if their guards hold again and again,"
            + " the macrostep fails.");
  }

  private void circles(Function<Moment, List<Edge<Moment, Arc>>> edges, Rule rule, String text) {
    for (Node leaf : any ? facts.leaves : List.<Node>of()) {
      for (int kind = 0; reach.reached(leaf) && kind < facts.alphabet.size(); kind++) {
        Moment moment = new Moment(leaf, kind);
        if (reported.contains(moment)) {
          continue;
        }
        List<Edge<Moment, Arc>> circle = Walk.circle(moment, edges);
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
  }

  /** What surely comes next: one event, no guard, nothing without an event in between. */
  private List<Edge<Moment, Arc>> certain(Moment moment) {
    List<Arc> candidates = candidates(moment);
    if (candidates.isEmpty() || candidates.get(0).guard() != null) {
      return List.of();
    }
    Arc arc = candidates.get(0);
    boolean alone =
        facts.arcs.stream()
            .noneMatch(
                other ->
                    other.leaves(moment.leaf()) && Facts.orthogonal(other.source(), moment.leaf()));
    boolean historic = arc.targets().stream().anyMatch(Node::pseudo);
    return alone && !historic && raised(arc).size() == 1 ? edges(moment, arc) : List.of();
  }

  private List<Edge<Moment, Arc>> possible(Moment moment) {
    List<Edge<Moment, Arc>> edges = new ArrayList<>();
    candidates(moment).forEach(arc -> edges.addAll(edges(moment, arc)));
    return edges;
  }

  private List<Arc> candidates(Moment moment) {
    return Facts.candidates(moment.leaf(), arc -> facts.kinds(arc).get(moment.kind()));
  }

  private List<Edge<Moment, Arc>> edges(Moment moment, Arc arc) {
    if (!Facts.acts(arc)) {
      return List.of();
    }
    List<Node> next = new ArrayList<>(facts.leavesEntered(arc));
    if (!arc.leaves(moment.leaf()) && !next.contains(moment.leaf())) {
      next.add(moment.leaf());
    }
    List<Edge<Moment, Arc>> edges = new ArrayList<>();
    for (Node leaf : next) {
      if (Facts.eventless(leaf).isEmpty()) {
        raised(arc).forEach(it -> edges.add(new Edge<>(moment, arc, new Moment(leaf, it))));
      }
    }
    return edges;
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
