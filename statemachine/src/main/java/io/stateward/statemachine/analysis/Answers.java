package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Trigger;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks which transitions answer to an event, in which order, and which never do. */
final class Answers {

  private final Facts facts;
  private final Reach reach;
  private final Found found;

  Answers(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
  }

  /** Adds transitions for what is no event of the machine. */
  void errors() {
    for (Arc arc : facts.arcs) {
      boolean none = facts.kinds(arc).isEmpty() && arc.trigger() instanceof Trigger.On;
      if (none && facts.alphabet.closed()) {
        found.add(
            Rule.UNKNOWN_EVENT,
            List.of(arc.source()),
            "State %s waits for %s, which is no event of %s; its events are %s.",
            arc.source(),
            arc.triggerLabel(),
            facts.chart.events().label(),
            facts.alphabet.names());
      }
    }
  }

  void warnings(Shadows shadows) {
    shadows
        .shadowed()
        .forEach(
            (arc, reason) ->
                about(Rule.SHADOWED_TRANSITION, arc, "is never taken: " + reason + "."));
    for (Arc arc : shadows.restless()) {
      about(
          Rule.DEAD_TRANSITION,
          arc,
          "is never taken: the state is left at once by one without event and guard.");
    }
    for (Node node : facts.nodes) {
      if (reach.reached(node)) {
        overlaps(node, shadows.neverTaken());
        Shadows.choices(node).forEach(this::withoutElse);
      }
    }
    unhandled();
  }

  private void about(Rule rule, Arc arc, String text) {
    if (reach.reached(arc.source())) {
      found.add(rule, List.of(arc.source()), "The transition %s %s", arc, text);
    }
  }

  private void withoutElse(List<Arc> choice) {
    Arc last = choice.get(choice.size() - 1);
    if (last.guard() != null) {
      found.add(
          Rule.CHOICE_WITHOUT_ELSE,
          List.of(last.source()),
          "State %s chooses on %s among %s, but none of them may hold; add otherwise.",
          last.source(),
          last.triggerLabel(),
          choice.stream().map(arc -> arc.guard() == null ? "" : arc.guard().name()).toList());
    }
  }

  /** Two guards of a state for one event, neither of which is known to exclude the other. */
  private void overlaps(Node node, Set<Arc> neverTaken) {
    Set<Arc> chosen = new HashSet<>();
    Shadows.choices(node).forEach(chosen::addAll);
    List<Arc> guarded =
        node.arcs().stream()
            .filter(arc -> arc.guard() != null && !neverTaken.contains(arc))
            .filter(arc -> competes(arc.trigger()) && !chosen.contains(arc))
            .toList();
    for (int i = 0; i < guarded.size(); i++) {
      for (int j = i + 1; j < guarded.size(); j++) {
        overlap(guarded.get(i), guarded.get(j));
      }
    }
  }

  private static boolean competes(Trigger trigger) {
    return trigger instanceof Trigger.On || trigger instanceof Trigger.Always;
  }

  private void overlap(Arc one, Arc other) {
    boolean together =
        facts.kinds(one).intersects(facts.kinds(other))
            || Shadows.same(one.trigger(), other.trigger());
    Guard first = one.guard();
    Guard second = other.guard();
    if (together && first != null && second != null && !Facts.complementary(first, second)) {
      found.add(
          Rule.OVERLAPPING_GUARDS,
          List.of(one.source()),
          "State %s has guards \"%s\" and \"%s\" on %s; if both hold, the first one counts. Make"
              + " them a choice, or call one \"not\" the other.",
          one.source(),
          first.name(),
          second.name(),
          other.triggerLabel());
    }
  }

  private void unhandled() {
    if (!facts.alphabet.closed()) {
      return;
    }
    BitSet handled = new BitSet();
    facts.arcs.stream()
        .filter(arc -> reach.reached(arc.source()))
        .forEach(arc -> handled.or(facts.kinds(arc)));
    for (int kind = 0; kind < facts.alphabet.size(); kind++) {
      if (!handled.get(kind)) {
        found.add(
            Rule.UNHANDLED_EVENT,
            List.of(),
            "No state answers to %s; use it, or ignore it on purpose.",
            facts.alphabet.name(kind));
      }
    }
  }
}
