package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what regions of one parallel state do to each other. */
final class Regions {

  private final Facts facts;
  private final Reach reach;
  private final Found found;
  private final Map<Arc, BitSet> left = new HashMap<>();

  Regions(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
  }

  void check(Set<Arc> neverTaken) {
    if (facts.chart.flat()) {
      return;
    }
    List<Arc> arcs =
        facts.arcs.stream()
            .filter(arc -> inRegion(arc.source()) && reach.reached(arc.source()))
            .filter(arc -> Facts.acts(arc) && !neverTaken.contains(arc))
            .toList();
    for (int i = 0; i < arcs.size(); i++) {
      for (int j = i + 1; j < arcs.size(); j++) {
        compare(arcs.get(i), arcs.get(j));
      }
    }
  }

  private static boolean inRegion(Node node) {
    Node around = node;
    while (around != null && !(around.region() && around.parent() != null)) {
      around = around.parent();
    }
    return around != null;
  }

  private void compare(Arc one, Arc other) {
    if (!together(one, other) || !Facts.orthogonal(one.source(), other.source())) {
      return;
    }
    List<Node> about = List.of(one.source(), other.source());
    String both = "The transitions %s and %s may be due at once".formatted(one, other);
    if (left(one).intersects(left(other))) {
      found.add(
          Rule.PARALLEL_CONFLICT,
          about,
          "%s, but they leave the same states, so that only the first one is taken; let one state"
              + " around both regions answer, or use two events.",
          both);
      return;
    }
    Set<Class<?>> shared = assigned(one);
    shared.retainAll(assigned(other));
    if (!shared.isEmpty()) {
      found.add(
          Rule.REGION_RACE,
          about,
          "%s, and both assign %s, one after the other in the order of the definition; let one of"
              + " them do it.",
          both,
          shared.stream().map(Class::getSimpleName).sorted().toList());
    }
  }

  private boolean together(Arc one, Arc other) {
    return (one.trigger() instanceof Trigger.Always && other.trigger() instanceof Trigger.Always)
        || facts.kinds(one).intersects(facts.kinds(other));
  }

  private BitSet left(Arc arc) {
    return left.computeIfAbsent(
        arc,
        it -> {
          BitSet set = new BitSet();
          facts.nodes.stream().filter(it::leaves).forEach(node -> set.set(node.number()));
          return set;
        });
  }

  private static Set<Class<?>> assigned(Arc arc) {
    return arc.assigns().stream().map(ArcSpec.Assign::type).collect(Collectors.toSet());
  }

  /** Adds parallel states whose regions end although nobody asks. */
  void joins() {
    for (Node node : facts.nodes) {
      if (node.kind() == StateSpec.Kind.PARALLEL && reach.reached(node) && !answered(node)) {
        List<Node> ending =
            node.children().stream()
                .filter(region -> reach.ends(region) && !answered(region))
                .toList();
        if (!ending.isEmpty()) {
          found.add(
              Rule.FINAL_NOT_JOINED,
              ending,
              "Regions %s of %s have final states, but no onDone of %s waits for them.",
              ending,
              node,
              node);
        }
      }
    }
  }

  /** Whether the end of a state leads to anything. */
  private boolean answered(Node node) {
    Object event = facts.chart.events().done(node.name());
    int kind = event == null ? -1 : facts.chart.events().kindOf(event);
    Object key = kind < 0 ? null : facts.chart.events().key(kind);
    return node.arcs().stream().anyMatch(arc -> arc.trigger() instanceof Trigger.Done)
        || (key != null
            && facts.arcs.stream()
                .anyMatch(arc -> arc.trigger() instanceof Trigger.On on && on.kinds().test(key)));
  }
}
