package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Chart;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What every rule asks of a chart, found out once. */
final class Facts {

  final Chart chart;
  final Alphabet alphabet;
  final List<Node> nodes;
  final List<Node> leaves;
  final List<Arc> arcs;

  private final Map<Arc, BitSet> kinds = new HashMap<>();
  private final Map<Arc, List<Node>> entered = new HashMap<>();
  private final BitSet restless = new BitSet();

  Facts(Chart chart) {
    this.chart = chart;
    this.alphabet = new Alphabet(chart);
    this.nodes = chart.nodes();
    this.arcs = chart.arcs();
    this.leaves = nodes.stream().filter(Node::leaf).toList();
    arcs.forEach(arc -> kinds.put(arc, alphabet.kinds(arc.trigger())));
    findRestless(chart.root());
  }

  /** Returns the kinds of events that a transition answers to; none if it waits for no event. */
  BitSet kinds(Arc arc) {
    return kinds.getOrDefault(arc, new BitSet());
  }

  /** Returns the states that a transition enters, in the order of the document. */
  List<Node> entered(Arc arc) {
    return entered.computeIfAbsent(arc, it -> Entries.of(chart, it));
  }

  /** Returns the leaves that a transition enters. */
  List<Node> leavesEntered(Arc arc) {
    return entered(arc).stream().filter(Node::leaf).toList();
  }

  /** Whether a macrostep never ends while a state is active. */
  boolean restless(Node node) {
    return restless.get(node.number());
  }

  /**
   * Returns the transitions that a leaf may take for one occurrence: innermost state first, up to
   * the first one without a guard, which is always taken if it is asked.
   */
  static List<Arc> candidates(Node leaf, Predicate<Arc> occurrence) {
    List<Arc> candidates = new ArrayList<>();
    for (Node node = leaf; node != null && !leaf.terminal(); node = node.parent()) {
      for (Arc arc : node.arcs()) {
        if (occurrence.test(arc)) {
          candidates.add(arc);
          if (arc.guard() == null) {
            return candidates;
          }
        }
      }
    }
    return candidates;
  }

  /** Returns the transitions that a leaf may take without an event. */
  static List<Arc> eventless(Node leaf) {
    return candidates(leaf, arc -> arc.trigger() instanceof Trigger.Always);
  }

  /** Whether two states are in different regions of one parallel state. */
  static boolean orthogonal(Node one, Node other) {
    Node around = one;
    while (around != other && !around.contains(other)) {
      Node parent = around.parent();
      if (parent == null) {
        return false;
      }
      around = parent;
    }
    return around != one && around != other && around.kind() == StateSpec.Kind.PARALLEL;
  }

  /** Whether a transition does something, instead of dropping or keeping its event. */
  static boolean acts(Arc arc) {
    return arc.reaction() == ArcSpec.Reaction.ACT;
  }

  /** Whether one guard holds exactly if the other does not, going by their names. */
  static boolean complementary(@Nullable Guard one, @Nullable Guard other) {
    return one != null
        && other != null
        && (negates(one.name(), other.name()) || negates(other.name(), one.name()));
  }

  private static boolean negates(String one, String other) {
    return one.equals("not " + other) || one.equals("!" + other);
  }

  /** Marks states with a transition that is taken at once, and what cannot be active without. */
  private boolean findRestless(Node node) {
    boolean own = node.arcs().stream().anyMatch(Facts::immediate);
    boolean parallel = node.kind() == StateSpec.Kind.PARALLEL;
    int inside = 0;
    for (Node child : node.children()) {
      inside += findRestless(child) ? 1 : 0;
    }
    boolean through = parallel ? inside > 0 : inside > 0 && inside == node.children().size();
    if (own || (parallel && inside > 0)) {
      restless.set(node.number(), node.end());
    } else if (through) {
      restless.set(node.number());
    }
    return own || through;
  }

  private static boolean immediate(Arc arc) {
    return arc.trigger() instanceof Trigger.Always && arc.guard() == null;
  }
}
