package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.Arc;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Node;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people read beside arrows and in states, in the notation of UML. */
final class Labels {

  private Labels() {}

  /** Returns {@code event [guard] / actions}, without what there is none of. */
  static String of(Arc arc) {
    return line(trigger(arc), arc.guard(), actions(arc)) + way(arc);
  }

  /** Returns the label of one of several ways of a choice. */
  static String branch(Arc arc) {
    String condition = arc.guard() == null ? "[else]" : "";
    return line(condition, arc.guard(), actions(arc)) + way(arc);
  }

  /** Returns what an arrow to a choice says. */
  static String trigger(Arc arc) {
    return arc.trigger() instanceof Trigger.Always || arc.trigger() instanceof Trigger.Initial
        ? ""
        : arc.triggerLabel();
  }

  /** Returns where it leads: a state that another target is inside of is entered by that. */
  static List<Node> ends(Arc arc) {
    List<Node> targets = arc.targets();
    return targets.stream().filter(it -> targets.stream().noneMatch(it::contains)).toList();
  }

  /** Returns what is written inside of a state: what it does, and what does not leave it. */
  static List<String> inside(Node node) {
    List<String> lines = new ArrayList<>();
    behaviour("entry", node.entry(), lines);
    behaviour("exit", node.exit(), lines);
    node.invokes().forEach(invoke -> lines.add("do / " + work(invoke)));
    for (Arc arc : node.arcs()) {
      if (arc.targets().isEmpty()) {
        lines.add(line(trigger(arc), arc.guard(), reaction(arc)));
      }
    }
    return lines;
  }

  /** Returns what a transition does, in order; empty if it merely leads somewhere. */
  static List<String> actions(Arc arc) {
    List<String> names = new ArrayList<>();
    if (arc.update() != null) {
      names.add("update");
    }
    arc.assigns().forEach(assign -> names.add("assign " + assign.type().getSimpleName()));
    arc.actions().forEach(action -> names.add(action(action)));
    return names;
  }

  /** Returns what people call an action: what sort it is, and its name. */
  static String action(Action action) {
    if (action instanceof Action.Run || action instanceof Action.Script) {
      return action.name();
    }
    String sort = action.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    boolean said = action.name().equals(sort) || action.name().startsWith(sort + " ");
    return said ? action.name() : sort + " " + action.name();
  }

  private static void behaviour(String when, List<Action> actions, List<String> lines) {
    if (!actions.isEmpty()) {
      lines.add(line(when, null, actions.stream().map(Labels::action).toList()));
    }
  }

  private static String line(String trigger, @Nullable Guard guard, List<String> actions) {
    List<String> parts = new ArrayList<>();
    if (!trigger.isEmpty()) {
      parts.add(trigger);
    }
    if (guard != null) {
      parts.add("[" + guard.name() + "]");
    }
    if (!actions.isEmpty()) {
      parts.add("/ " + String.join(", ", actions));
    }
    return String.join(" ", parts);
  }

  /** Says so where a transition into its own source leaves that, which is not what one expects. */
  private static String way(Arc arc) {
    boolean inside =
        !arc.targets().isEmpty() && arc.targets().stream().allMatch(arc.source()::contains);
    return inside && arc.leaves(arc.source()) ? " (external)" : "";
  }

  private static List<String> reaction(Arc arc) {
    if (arc.reaction() != ArcSpec.Reaction.ACT) {
      return List.of(arc.reaction().name().toLowerCase(Locale.ROOT));
    }
    List<String> actions = actions(arc);
    return actions.isEmpty() ? List.of("stay") : actions;
  }

  private static String work(InvokeSpec invoke) {
    List<String> limits = new ArrayList<>();
    if (invoke.work() instanceof InvokeSpec.Child child) {
      limits.add("machine " + child.machine().name());
    }
    limit("timeout", invoke.timeout(), limits);
    limit("heartbeat", invoke.heartbeat(), limits);
    if (invoke.retry() != null) {
      limits.add("retry");
    }
    return limits.isEmpty()
        ? invoke.name()
        : invoke.name() + " (" + String.join(", ", limits) + ")";
  }

  private static void limit(String name, @Nullable Duration most, List<String> limits) {
    if (most != null) {
      limits.add(name + " " + most.toString().substring(2).toLowerCase(Locale.ROOT));
    }
  }
}
