package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Compiler;
import io.stateward.statemachine.internal.EnumEvents;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Charts in few words, broken ones as well: states by name, the first of each level initial. */
final class Draw {

  /** What may happen. */
  enum Event {
    GO,
    BACK,
    STOP
  }

  private final ChartSpec spec =
      new ChartSpec("drawn", EnumEvents.of(Event.class), Form.NAMES).budget(50);
  private final Map<String, StateSpec> states = new LinkedHashMap<>();

  /** A chart of states side by side. */
  static Draw of(String... states) {
    return new Draw().inside(null, states);
  }

  Draw strict() {
    spec.strict(true);
    return this;
  }

  /** Puts states into one; the first is where it begins. */
  Draw inside(@Nullable String parent, String... names) {
    StateSpec around = parent == null ? spec.root() : state(parent);
    if (around.kind() == StateSpec.Kind.ATOMIC) {
      around.kind(StateSpec.Kind.COMPOUND);
    }
    for (String name : names) {
      StateSpec child = new StateSpec(name, StateSpec.Kind.ATOMIC);
      states.put(name, child);
      around.children().add(child);
    }
    if (around.kind() == StateSpec.Kind.COMPOUND && around.initial() == null) {
      ArcSpec begin = new ArcSpec(new Trigger.Initial());
      begin.targets().add(new ArcSpec.Target(state(names[0]), null));
      around.initial(begin);
    }
    return this;
  }

  /** Puts regions into a state. */
  Draw parallel(String name, String... regions) {
    state(name).kind(StateSpec.Kind.PARALLEL);
    return inside(name, regions);
  }

  Draw finals(String... names) {
    for (String name : names) {
      state(name).kind(StateSpec.Kind.FINAL);
    }
    return this;
  }

  Draw history(String name, String of, String otherwise) {
    StateSpec history = new StateSpec(name, StateSpec.Kind.DEEP_HISTORY);
    ArcSpec begin = new ArcSpec(new Trigger.Initial());
    begin.targets().add(new ArcSpec.Target(state(otherwise), null));
    state(of).children().add(history.initial(begin));
    states.put(name, history);
    return this;
  }

  Draw on(String from, Event event, String... to) {
    return arc(from, Trigger.on(event), null, to);
  }

  Draw onIf(String guard, String from, Event event, String... to) {
    return arc(from, Trigger.on(event), guard, to);
  }

  Draw any(String from, String... to) {
    return arc(from, Trigger.any(), null, to);
  }

  Draw always(String from, String... to) {
    return arc(from, new Trigger.Always(), null, to);
  }

  Draw alwaysIf(String guard, String from, String... to) {
    return arc(from, new Trigger.Always(), guard, to);
  }

  Draw done(String from, String... to) {
    return arc(from, new Trigger.Done(), null, to);
  }

  Draw after(String from, int seconds, String... to) {
    return afterIf(null, from, seconds, to);
  }

  Draw afterIf(@Nullable String guard, String from, int seconds, String... to) {
    TimerSpec timer = new TimerSpec("after " + seconds + "s", Duration.ofSeconds(seconds));
    state(from).timers().add(timer);
    return arc(from, new Trigger.After(timer), guard, to);
  }

  /** Adds work whose result and, if named, whose failure lead somewhere. */
  Draw invoke(String from, String done, @Nullable String failed) {
    InvokeSpec work = new InvokeSpec("work", new InvokeSpec.Blocking((data, run) -> null));
    state(from).invokes().add(work);
    arc(from, new Trigger.Ended(work, Trigger.Ending.DONE), null, done);
    return failed == null
        ? this
        : arc(from, new Trigger.Ended(work, Trigger.Ending.ERROR), null, failed);
  }

  /** Adds several transitions under one trigger, as a choice is. */
  Draw choice(
      String from, Event event, String guard, String to, @Nullable String guard2, String to2) {
    Trigger trigger = Trigger.on(event);
    return arc(from, trigger, guard, to).arc(from, trigger, guard2, to2);
  }

  /** Lets the last transition of a state raise an event. */
  Draw raising(String from, Event event) {
    last(from).actions().add(new Action.Raise(event.name(), (state, cause) -> event));
    return this;
  }

  /** Lets the last transition of a state assign a value of a type. */
  Draw assigning(String from, Class<?> type) {
    last(from).assigns().add(new ArcSpec.Assign(type, (now, state, event) -> now));
    return this;
  }

  Draw reacting(String from, ArcSpec.Reaction reaction) {
    last(from).reaction(reaction);
    return this;
  }

  Draw external(String from) {
    last(from).external(true);
    return this;
  }

  private ArcSpec last(String from) {
    return state(from).arcs().get(state(from).arcs().size() - 1);
  }

  Draw arc(String from, Trigger trigger, @Nullable String guard, String... to) {
    ArcSpec arc = new ArcSpec(trigger);
    if (guard != null) {
      arc.guard(new Guard(guard, (state, event, view) -> true, false));
    }
    for (String target : to) {
      arc.targets().add(new ArcSpec.Target(state(target), null));
    }
    state(from).arcs().add(arc);
    return this;
  }

  Draw on(String from, @Nullable String guard, Event event, String to) {
    return arc(from, Trigger.on(event), guard, to);
  }

  Draw eventless(String from, @Nullable String guard, String to) {
    return arc(from, new Trigger.Always(), guard, to);
  }

  /** Returns the names of all states, in the order in which they were drawn. */
  List<String> names() {
    return List.copyOf(states.keySet());
  }

  boolean hasRegions() {
    return states.values().stream().anyMatch(it -> it.kind() == StateSpec.Kind.PARALLEL);
  }

  private StateSpec state(String name) {
    return Objects.requireNonNull(states.get(name), name);
  }

  /** Returns the machine as a definition would make it, or refuse it. */
  Machine<Object, Event> build() {
    return ChartMachine.build(spec);
  }

  /** Returns the machine, whatever the analysis says. */
  Machine<Object, Event> unchecked() {
    return new ChartMachine<>(Compiler.compile(spec));
  }

  /** Returns what is found in the chart, errors included. */
  Analysis analysis() {
    return Analysis.of(unchecked());
  }
}
