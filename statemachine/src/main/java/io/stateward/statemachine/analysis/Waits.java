package io.stateward.statemachine.analysis;

import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what states wait for: work and timers. */
final class Waits {

  /** What the W3C calls the failure of invoked work. */
  private static final String COMMUNICATION = "error.communication";

  private final Facts facts;
  private final Reach reach;
  private final Found found;

  Waits(Facts facts, Reach reach, Found found) {
    this.facts = facts;
    this.reach = reach;
    this.found = found;
  }

  void check() {
    for (Node node : facts.nodes) {
      if (!reach.reached(node)) {
        continue;
      }
      boolean waits = !node.timers().isEmpty() || !node.invokes().isEmpty();
      if (waits && facts.restless(node)) {
        found.add(
            Rule.NEVER_RESTS,
            List.of(node),
            "State %s begins %s, but a transition without event and guard leaves it at once.",
            node,
            names(node));
        continue;
      }
      node.invokes().forEach(invoke -> failure(node, invoke));
      node.timers().forEach(timer -> shorter(node, timer));
    }
  }

  private static List<String> names(Node node) {
    return java.util.stream.Stream.concat(
            node.timers().stream().map(TimerSpec::name),
            node.invokes().stream().map(InvokeSpec::name))
        .toList();
  }

  private void failure(Node node, InvokeSpec invoke) {
    if (invoke.reported() || answersToFailure(node, invoke)) {
      return;
    }
    found.add(
        Rule.INVOKE_WITHOUT_ERROR,
        List.of(node),
        "State %s invokes %s, but nothing answers if that fails; add onError.",
        node,
        invoke.name());
  }

  private boolean answersToFailure(Node node, InvokeSpec invoke) {
    Trigger failure = new Trigger.Ended(invoke, Trigger.Ending.ERROR);
    for (Arc arc : node.arcs()) {
      if (arc.trigger().equals(failure) && arc.guard() == null) {
        return true;
      }
    }
    for (Node around = node; around != null && !facts.alphabet.closed(); around = around.parent()) {
      for (Arc arc : around.arcs()) {
        if (arc.trigger() instanceof Trigger.On on && on.kinds().test(COMMUNICATION)) {
          return true;
        }
      }
    }
    return false;
  }

  private void shorter(Node node, TimerSpec timer) {
    Duration delay = timer.fixed();
    if (delay == null) {
      return;
    }
    for (Node around = node; around != null; around = around.parent()) {
      for (TimerSpec other : around.timers()) {
        if (other == timer && around == node) {
          continue;
        }
        Duration limit = other.fixed();
        Arc arc = first(around, other);
        if (limit != null && limit.compareTo(delay) < 0 && arc != null && cuts(arc, node)) {
          found.add(
              Rule.SHADOWED_TIMER,
              List.of(node),
              "The timer \"%s\" of %s never comes to its end: \"%s\" of %s is shorter and leaves.",
              timer.name(),
              node,
              other.name(),
              around);
          return;
        }
      }
    }
  }

  private static boolean cuts(Arc arc, Node node) {
    return arc.guard() == null && arc.leaves(node);
  }

  private static @Nullable Arc first(Node node, TimerSpec timer) {
    Trigger due = new Trigger.After(timer);
    return node.arcs().stream().filter(arc -> arc.trigger().equals(due)).findFirst().orElse(null);
  }
}
