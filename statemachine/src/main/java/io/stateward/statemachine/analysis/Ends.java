package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what ends, and what cannot. */
final class Ends {

  private final Facts facts;
  private final Reach reach;
  private final Found found;
  private final Set<Arc> neverTaken;
  private final Map<Node, Set<Node>> following = new HashMap<>();

  Ends(Facts facts, Reach reach, Found found, Set<Arc> neverTaken) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
    this.neverTaken = neverTaken;
  }

  void check() {
    unreachable();
    deadEnds();
    for (Node node : facts.nodes) {
      if (reach.reached(node)) {
        doneWithoutFinal(node);
      }
    }
    histories();
  }

  private void unreachable() {
    for (Node node : facts.nodes) {
      Node parent = node.parent();
      if (!node.pseudo() && !reach.reached(node) && parent != null && reach.reached(parent)) {
        List<Node> lost =
            facts.nodes.stream()
                .filter(it -> (it == node || node.contains(it)) && !it.pseudo())
                .toList();
        found.add(
            Rule.UNREACHABLE_STATE,
            lost,
            "No way leads to state %s, so that %d transitions are never taken; lead there, or"
                + " remove it.",
            node,
            lost.stream().mapToInt(it -> it.arcs().size()).sum());
      }
    }
  }

  private void doneWithoutFinal(Node node) {
    boolean asked = node.arcs().stream().anyMatch(arc -> arc.trigger() instanceof Trigger.Done);
    if (asked && !reach.ends(node)) {
      found.add(
          Rule.DONE_WITHOUT_FINAL,
          List.of(node),
          node.kind() == StateSpec.Kind.PARALLEL
              ? "State %s waits for its end, but not every region of it reaches a final state."
              : "State %s waits for its end, but no final state directly inside of it is reached.",
          node);
    }
  }

  /** Where the machine can end at all, states from which it cannot any more. */
  private void deadEnds() {
    BitSet ending = ending();
    if (ending.isEmpty()) {
      return;
    }
    Set<Node> seen = new HashSet<>();
    for (Node leaf : facts.leaves) {
      if (!lost(leaf, ending) || seen.contains(leaf)) {
        continue;
      }
      Set<Node> together = onward(leaf);
      boolean bottom = together.stream().allMatch(other -> onward(other).contains(leaf));
      if (bottom || together.isEmpty()) {
        together.add(leaf);
        seen.addAll(together);
        report(together.stream().filter(it -> it.kind() != StateSpec.Kind.FINAL).toList());
      }
    }
  }

  private boolean lost(Node leaf, BitSet ending) {
    return leaf.kind() != StateSpec.Kind.FINAL && reach.reached(leaf) && !ending.get(leaf.number());
  }

  private void report(List<Node> states) {
    List<Node> sorted = states.stream().sorted(Comparator.comparingInt(Node::number)).toList();
    found.add(
        Rule.DEAD_END,
        sorted,
        sorted.size() == 1
            ? "From state %s no way leads to the end of the machine; add one, or make it final."
            : "Among states %s the machine goes round without a way to its end; add one.",
        sorted.size() == 1 ? sorted.get(0) : sorted);
  }

  /** Returns the leaves from which a final state of the machine can be reached. */
  private BitSet ending() {
    BitSet ending = new BitSet();
    for (Node leaf : facts.leaves) {
      if (leaf.terminal() && reach.reached(leaf)) {
        ending.set(leaf.number());
      }
    }
    int before = -1;
    while (before != ending.cardinality()) {
      before = ending.cardinality();
      for (Node leaf : facts.leaves) {
        if (!ending.get(leaf.number())
            && next(leaf).stream().anyMatch(it -> ending.get(it.number()))) {
          ending.set(leaf.number());
        }
      }
    }
    return ending;
  }

  private Set<Node> onward(Node leaf) {
    Set<Node> reached = new HashSet<>();
    Deque<Node> waiting = new ArrayDeque<>(next(leaf));
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      if (reached.add(node)) {
        waiting.addAll(next(node));
      }
    }
    return reached;
  }

  /** Returns the leaves that may come next: by transitions, or as what is active beside. */
  private Set<Node> next(Node leaf) {
    return following.computeIfAbsent(leaf, this::findNext);
  }

  private Set<Node> findNext(Node leaf) {
    Set<Node> next = new HashSet<>();
    for (Node node = leaf; node != null && !leaf.terminal(); node = node.parent()) {
      for (Arc arc : node.arcs()) {
        if (Facts.acts(arc) && !neverTaken.contains(arc)) {
          next.addAll(facts.leavesEntered(arc));
        }
      }
      Node parent = node.parent();
      if (parent != null && parent.kind() == StateSpec.Kind.PARALLEL) {
        beside(parent, node, next);
      }
    }
    next.remove(leaf);
    return next;
  }

  private void beside(Node parallel, Node own, Set<Node> next) {
    for (Node other : facts.leaves) {
      if (parallel.contains(other) && !own.contains(other) && reach.reached(other)) {
        next.add(other);
      }
    }
  }

  private void histories() {
    for (Arc arc : facts.arcs) {
      for (Node target : arc.targets()) {
        Node of = target.parent();
        if (target.pseudo() && of != null && reach.reached(arc.source()) && !left(of)) {
          found.add(
              Rule.HISTORY_NEVER_SET,
              List.of(arc.source(), of),
              "The transition %s leads to a history of %s, which is never left before, so that the"
                  + " default is all that it leads to.",
              arc,
              of);
        }
      }
    }
  }

  private boolean left(Node state) {
    return facts.arcs.stream()
        .filter(arc -> reach.reached(arc.source()) && !neverTaken.contains(arc))
        .anyMatch(arc -> leaves(arc, state));
  }

  /** Whether a transition leaves a state that may be active with its source. */
  private static boolean leaves(Arc arc, Node state) {
    Node source = arc.source();
    boolean around = source == state || source.contains(state) || state.contains(source);
    return arc.leaves(state) && (around || Facts.orthogonal(source, state));
  }
}
