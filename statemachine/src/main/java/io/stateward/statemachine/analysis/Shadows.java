package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds transitions that are never asked, because others always come first. */
final class Shadows {

  private final Facts facts;
  private final Map<Arc, String> reasons = new LinkedHashMap<>();
  private final Set<Arc> dead = new LinkedHashSet<>();

  Shadows(Facts facts) {
    this.facts = facts;
    for (Node node : facts.nodes) {
      for (Arc arc : node.arcs()) {
        if (facts.restless(node) && !(arc.trigger() instanceof Trigger.Always)) {
          dead.add(arc);
        } else {
          String reason = shadowed(arc);
          if (reason != null) {
            reasons.put(arc, reason);
          }
        }
      }
    }
  }

  /** Returns the transitions that others always come before, and why. */
  Map<Arc, String> shadowed() {
    return reasons;
  }

  /** Returns the transitions that wait in states that never rest. */
  Set<Arc> restless() {
    return dead;
  }

  /** Returns all transitions that are never taken, even if their states are active. */
  Set<Arc> neverTaken() {
    Set<Arc> all = new HashSet<>(reasons.keySet());
    all.addAll(dead);
    return all;
  }

  private @Nullable String shadowed(Arc arc) {
    String inside = bySibling(arc);
    if (inside != null) {
      return inside;
    }
    boolean climbs = arc.trigger() instanceof Trigger.On || arc.trigger() instanceof Trigger.Always;
    return climbs && byDescendants(arc)
        ? "each state inside of it answers first, without a guard"
        : null;
  }

  /** An earlier one of the same state, without a guard or with the same one. */
  private @Nullable String bySibling(Arc arc) {
    BitSet left = (BitSet) facts.kinds(arc).clone();
    boolean event = !left.isEmpty();
    for (Arc before : arc.source().arcs()) {
      if (before == arc) {
        return null;
      }
      if (precedes(before, arc)) {
        if (!event && same(before.trigger(), arc.trigger())) {
          return because(before);
        }
        left.andNot(facts.kinds(before));
        if (event && left.isEmpty()) {
          return because(before);
        }
      }
    }
    return null;
  }

  private static boolean precedes(Arc before, Arc arc) {
    Guard guard = before.guard();
    return guard == null || (arc.guard() != null && guard.name().equals(arc.guard().name()));
  }

  private static String because(Arc before) {
    return before.guard() == null
        ? "an earlier one on %s has no guard".formatted(before.triggerLabel())
        : "an earlier one has the same guard \"%s\"".formatted(before.guard().name());
  }

  /** Whether two transitions without events answer to the same. */
  static boolean same(Trigger one, Trigger other) {
    return !(one instanceof Trigger.On) && one.equals(other);
  }

  /** For each kind, each leaf of the state has one of its own, without a guard, further inside. */
  private boolean byDescendants(Arc arc) {
    Node source = arc.source();
    if (source.leaf()) {
      return false;
    }
    BitSet kinds = facts.kinds(arc);
    if (arc.trigger() instanceof Trigger.Always) {
      return everyLeaf(source, other -> other.trigger() instanceof Trigger.Always);
    }
    return !kinds.isEmpty()
        && kinds.stream().allMatch(kind -> everyLeaf(source, it -> facts.kinds(it).get(kind)));
  }

  private boolean everyLeaf(Node around, Predicate<Arc> occurrence) {
    for (Node leaf : facts.leaves) {
      if (around.contains(leaf)) {
        List<Arc> candidates = Facts.candidates(leaf, occurrence);
        Arc last = candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
        if (last == null || last.guard() != null || !around.contains(last.source())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the choices of a state: transitions that were given one trigger, several at a time. */
  static List<List<Arc>> choices(Node node) {
    IdentityHashMap<Trigger, List<Arc>> byTrigger = new IdentityHashMap<>();
    for (Arc arc : node.arcs()) {
      byTrigger.computeIfAbsent(arc.trigger(), it -> new ArrayList<>()).add(arc);
    }
    return byTrigger.values().stream().filter(arcs -> arcs.size() > 1).toList();
  }
}
