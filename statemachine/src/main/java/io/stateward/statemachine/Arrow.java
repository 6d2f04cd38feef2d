package io.stateward.statemachine;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.AssignFunction;
import io.stateward.statemachine.internal.DataFunction;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transition under construction, which every form adds to: a guard, actions, and where it leads.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Arrow {

  private final ArcSpec arc;
  private final StateSpec source;
  private final List<With> besides = new ArrayList<>();

  /** A state of a region that is entered besides. */
  private record With(Class<?> leaf, DataFunction data) {}

  Arrow(StateSpec source, Trigger trigger) {
    this.source = source;
    this.arc = new ArcSpec(trigger);
  }

  ArcSpec arc() {
    return arc;
  }

  StateSpec source() {
    return source;
  }

  /** What messages call the transition. */
  String where() {
    return "A transition of " + source.name();
  }

  void when(String name, Guard.Test test) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(test, "test");
    Guard before = arc.guard();
    if (before != null) {
      throw new IllegalStateException(
          "%s has the guard \"%s\" already; make one of it and \"%s\"."
              .formatted(where(), before.name(), name));
    }
    arc.guard(new Guard(name, test, !(test instanceof Plain.Test)));
  }

  void action(Action action) {
    arc.actions().add(action);
  }

  void run(String name, Effect.Body body) {
    action(new Action.Run(Objects.requireNonNull(name, "name"), body));
  }

  void raise(Action.Maker event) {
    raise("raise", event);
  }

  /** Raises an event whose kind is known. */
  void raise(String name, Action.Maker event) {
    action(new Action.Raise(name, Objects.requireNonNull(event, "event")));
  }

  void send(String name, Duration delay, Action.Maker event) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "What is sent as \"%s\" waits for %s; zero or more is possible.".formatted(name, delay));
    }
    long millis = delay.toMillis();
    action(new Action.Send(name, (state, cause) -> millis, event));
  }

  void assign(Class<?> type, AssignFunction function) {
    arc.assigns().add(new ArcSpec.Assign(type, function));
  }

  /** Adds a state of a region that is entered besides; regions may be defined later. */
  void with(Class<?> leaf, DataFunction data) {
    besides.add(new With(leaf, data));
  }

  /** Lets a transition lead to the states besides, once all are known. */
  void addBesides(Draft draft, ArcSpec to) {
    for (With with : besides) {
      draft.later(
          () -> to.targets().add(new ArcSpec.Target(draft.leaf(with.leaf, where()), with.data)));
    }
  }

  void target(StateSpec state, @Nullable DataFunction data) {
    arc.targets().add(new ArcSpec.Target(state, data));
  }

  /** Ends it: it is one of its source now. */
  void add() {
    source.arcs().add(arc);
  }

  /** A history of a superstate, with where to go without a past. */
  static StateSpec history(
      StateSpec of, boolean deep, StateSpec otherwise, @Nullable DataFunction data) {
    StateSpec.Kind kind = deep ? StateSpec.Kind.DEEP_HISTORY : StateSpec.Kind.SHALLOW_HISTORY;
    long before = of.children().stream().filter(it -> isHistory(it.kind())).count();
    StateSpec history = new StateSpec(of.name() + ".history" + (before + 1), kind);
    ArcSpec initial = new ArcSpec(new Trigger.Initial());
    initial.targets().add(new ArcSpec.Target(otherwise, data));
    history.initial(initial);
    of.children().add(history);
    return history;
  }

  private static boolean isHistory(StateSpec.Kind kind) {
    return List.of(StateSpec.Kind.SHALLOW_HISTORY, StateSpec.Kind.DEEP_HISTORY).contains(kind);
  }
}
