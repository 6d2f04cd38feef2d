package io.stateward.statemachine.internal;

import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transition of a {@link Chart}.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Arc {

  /** The scope of a transition that leaves nothing. */
  static final int[] NOWHERE = {};

  final int number;
  final Node source;
  final Trigger trigger;
  final @Nullable Guard guard;
  final Node[] targets;
  final @Nullable DataFunction[] data;
  final ArcSpec.Reaction reaction;
  final boolean external;
  final @Nullable DataFunction update;
  final ArcSpec.Assign[] assigns;
  final Action[] actions;
  final Trace.Transition label;

  /** Whether a history is among the targets, so that what is left depends on the past. */
  final boolean historic;

  /** Ranges of numbers, from inclusive and to exclusive, whose active states are left. */
  final int[] scope;

  /** What stays active around what is left and entered; null without targets. */
  final @Nullable Node domain;

  Arc(int number, Node source, ArcSpec spec, Node[] targets, boolean strict) {
    this.number = number;
    this.source = source;
    this.trigger = spec.trigger();
    this.guard = spec.guard();
    this.targets = targets;
    this.data = spec.targets().stream().map(ArcSpec.Target::data).toArray(DataFunction[]::new);
    this.reaction = spec.reaction();
    this.external = spec.external();
    this.update = spec.update();
    this.assigns = spec.assigns().toArray(ArcSpec.Assign[]::new);
    this.actions = spec.actions().toArray(Action[]::new);
    this.historic = Arrays.stream(targets).anyMatch(Node::pseudo);
    this.label =
        new Trace.Transition(
            source.name(), label(trigger), guard == null ? null : guard.name(), names(targets));
    boolean fixed = targets.length > 0 && !(trigger instanceof Trigger.Initial);
    this.domain = fixed ? Scopes.domain(source, targets, external, strict) : null;
    this.scope = domain == null ? NOWHERE : Scopes.scope(domain, source, targets, strict);
  }

  /** Its place in the order of the document; -1 for where a state begins. */
  public int number() {
    return number;
  }

  /** The state that has it. */
  public Node source() {
    return source;
  }

  /** What it answers to. */
  public Trigger trigger() {
    return trigger;
  }

  /** What must hold, or null. */
  public @Nullable Guard guard() {
    return guard;
  }

  /** Where it leads; empty to stay. */
  public List<Node> targets() {
    return List.of(targets);
  }

  /** What makes the data of each target, in their order; an element is null where nothing does. */
  public List<@Nullable DataFunction> data() {
    List<@Nullable DataFunction> functions = new ArrayList<>();
    for (DataFunction function : data) {
      functions.add(function);
    }
    return functions;
  }

  /** What taking it means. */
  public ArcSpec.Reaction reaction() {
    return reaction;
  }

  /** Whether its source is left even if all targets are inside of it. */
  public boolean external() {
    return external;
  }

  /** What changes the data of the source's region, or null. */
  public @Nullable DataFunction update() {
    return update;
  }

  /** The changes of contexts and of other data, in order. */
  public List<ArcSpec.Assign> assigns() {
    return List.of(assigns);
  }

  /** What is done when it is taken, in order. */
  public List<Action> actions() {
    return List.of(actions);
  }

  /** What traces show. */
  public Trace.Transition label() {
    return label;
  }

  /** Whether taking it leaves a state, if that is active and no target is a history. */
  public boolean leaves(Node state) {
    return within(scope, state.number);
  }

  /** What it answers to, for people: {@code Submit}, {@code after 5s}, {@code done}. */
  public String triggerLabel() {
    return label(trigger);
  }

  /** Returns what a trigger is called by people. */
  static String label(Trigger trigger) {
    if (trigger instanceof Trigger.On on) {
      return on.label();
    }
    if (trigger instanceof Trigger.After after) {
      return after.timer().name();
    }
    if (trigger instanceof Trigger.Ended ended) {
      return switch (ended.ending()) {
        case DONE -> "done " + ended.invoke().name();
        case ERROR -> "error " + ended.invoke().name();
        case TIMEOUT -> "timeout " + ended.invoke().name();
      };
    }
    if (trigger instanceof Trigger.Done) {
      return "done";
    }
    return trigger instanceof Trigger.Always ? "always" : "initial";
  }

  static boolean within(int[] scope, int number) {
    for (int i = 0; i < scope.length; i += 2) {
      if (number >= scope[i] && number < scope[i + 1]) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(Node[] nodes) {
    return Arrays.stream(nodes).map(Node::name).toList();
  }

  @Override
  public String toString() {
    return "%s -[%s]-> %s".formatted(source, triggerLabel(), names(targets));
  }
}
