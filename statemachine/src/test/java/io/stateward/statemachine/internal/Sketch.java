package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A state drawn by hand: targets by name, resolved when the chart is built. */
final class Sketch {

  final StateSpec spec;
  private final List<Sketch> children = new ArrayList<>();
  private final List<Consumer<Map<String, StateSpec>>> arrows = new ArrayList<>();

  private Sketch(String name, StateSpec.Kind kind, Sketch... children) {
    this.spec = new StateSpec(name, kind);
    for (Sketch child : children) {
      this.children.add(child);
      spec.children().add(child.spec);
    }
  }

  static Sketch atomic(String name) {
    return new Sketch(name, StateSpec.Kind.ATOMIC);
  }

  static Sketch last(String name) {
    return new Sketch(name, StateSpec.Kind.FINAL);
  }

  /** A compound that begins in its first child. */
  static Sketch compound(String name, Sketch... children) {
    Sketch sketch = new Sketch(name, StateSpec.Kind.COMPOUND, children);
    return children.length == 0 ? sketch : sketch.begins(children[0].spec.name());
  }

  static Sketch parallel(String name, Sketch... children) {
    return new Sketch(name, StateSpec.Kind.PARALLEL, children);
  }

  static Sketch shallow(String name) {
    return new Sketch(name, StateSpec.Kind.SHALLOW_HISTORY);
  }

  static Sketch deep(String name) {
    return new Sketch(name, StateSpec.Kind.DEEP_HISTORY);
  }

  Sketch begins(String... targets) {
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    arrows.add(states -> aim(arc, states, targets));
    spec.initial(arc);
    return this;
  }

  Sketch begins(DataFunction data, String target) {
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    arrows.add(states -> arc.targets().add(new ArcSpec.Target(find(states, target), data)));
    spec.initial(arc);
    return this;
  }

  Sketch on(String event, String... targets) {
    return on(event, arc -> {}, targets);
  }

  Sketch on(String event, Consumer<ArcSpec> more, String... targets) {
    Predicate<Object> kinds = event.equals("*") ? kind -> true : event::equals;
    return arc(new Trigger.On(event, kinds), more, targets);
  }

  Sketch on(String event, DataFunction data, String target) {
    ArcSpec arc = new ArcSpec(Trigger.on(event));
    arrows.add(states -> arc.targets().add(new ArcSpec.Target(find(states, target), data)));
    spec.arcs().add(arc);
    return this;
  }

  Sketch always(String guard, Guard.Test test, String... targets) {
    return arc(new Trigger.Always(), arc -> arc.guard(new Guard(guard, test, true)), targets);
  }

  Sketch done(String... targets) {
    return arc(new Trigger.Done(), arc -> {}, targets);
  }

  Sketch after(Duration delay, String... targets) {
    TimerSpec timer = new TimerSpec("after " + delay, data -> delay);
    spec.timers().add(timer);
    return arc(new Trigger.After(timer), arc -> {}, targets);
  }

  InvokeSpec invoke(String name) {
    InvokeSpec invoke = new InvokeSpec(name, new InvokeSpec.Blocking((data, run) -> data));
    spec.invokes().add(invoke);
    return invoke;
  }

  Sketch arc(Trigger trigger, Consumer<ArcSpec> more, String... targets) {
    ArcSpec arc = new ArcSpec(trigger);
    more.accept(arc);
    arrows.add(states -> aim(arc, states, targets));
    spec.arcs().add(arc);
    return this;
  }

  Sketch entry(Action... actions) {
    spec.entry().addAll(List.of(actions));
    return this;
  }

  Sketch exit(Action... actions) {
    spec.exit().addAll(List.of(actions));
    return this;
  }

  /** Adds an effect to entry and exit of this and all inside, called {@code +name, -name}. */
  Sketch logged() {
    children.forEach(Sketch::logged);
    if (spec.kind() != StateSpec.Kind.SHALLOW_HISTORY
        && spec.kind() != StateSpec.Kind.DEEP_HISTORY) {
      spec.entry().add(run("+" + spec.name()));
      spec.exit().add(run("-" + spec.name()));
    }
    return this;
  }

  static Action run(String name) {
    return new Action.Run(name, (data, event, key) -> {});
  }

  static Action raise(String event) {
    return new Action.Raise(event, (data, cause) -> event);
  }

  /** A chart whose states are these, begun in the first, by the rules of machines. */
  static ChartSpec chart(Sketch... states) {
    return chart(false, new Names(false), states);
  }

  /** A chart whose states are these, begun in the first, by the W3C's rules to the letter. */
  static ChartSpec strict(Sketch... states) {
    return chart(true, new Names(true), states);
  }

  static ChartSpec chart(boolean strict, EventSpace events, Sketch... states) {
    return chart(new ChartSpec("chart", events, Form.NAMES).strict(strict), states);
  }

  /** Draws states into a chart. */
  static ChartSpec chart(ChartSpec chart, Sketch... states) {
    Sketch root = new Sketch("root", StateSpec.Kind.COMPOUND, states);
    chart.root().children().addAll(root.spec.children());
    ArcSpec begin = new ArcSpec(new Trigger.Initial());
    begin.targets().add(new ArcSpec.Target(states[0].spec, null));
    chart.root().initial(begin);
    Map<String, StateSpec> byName = new HashMap<>();
    root.collect(byName);
    root.resolve(byName);
    return chart;
  }

  static Machine<List<String>, String> machine(ChartSpec chart) {
    return made(chart);
  }

  /** A machine as it is drawn, however doubtful. */
  static <S> ChartMachine<S, String> made(ChartSpec chart) {
    return new ChartMachine<>(Compiler.compile(chart));
  }

  static Machine<List<String>, String> machine(Sketch... states) {
    return machine(chart(states));
  }

  /** The names of what is run, in order. */
  static List<String> runs(Step<?> step) {
    return step.effects().stream()
        .filter(Effect.Run.class::isInstance)
        .map(effect -> ((Effect.Run) effect).name())
        .toList();
  }

  /** The names of the active leaves after events, from the beginning. */
  static List<String> after(Machine<List<String>, String> machine, String... events) {
    return walk(machine, events).snapshot().leaves();
  }

  /** The last step of events, from the beginning. */
  static Step<List<String>> walk(Machine<List<String>, String> machine, String... events) {
    Step<List<String>> step = machine.begin();
    for (String event : events) {
      step = machine.step(step.snapshot(), event);
    }
    return step;
  }

  static DataFunction constant(@Nullable Object data) {
    return new DataFunction() {
      @Override
      public @Nullable Object apply(@Nullable Object state, @Nullable Object event, View view) {
        return data;
      }

      @Override
      public boolean looksAround() {
        return false;
      }
    };
  }

  private void collect(Map<String, StateSpec> byName) {
    byName.put(spec.name(), spec);
    children.forEach(child -> child.collect(byName));
  }

  private void resolve(Map<String, StateSpec> byName) {
    arrows.forEach(arrow -> arrow.accept(byName));
    children.forEach(child -> child.resolve(byName));
  }

  private static void aim(ArcSpec arc, Map<String, StateSpec> states, String... targets) {
    for (String target : targets) {
      arc.targets().add(new ArcSpec.Target(find(states, target), null));
    }
  }

  private static StateSpec find(Map<String, StateSpec> states, String name) {
    // A stand-in, so that charts that name what is not there can be drawn as well.
    return states.computeIfAbsent(name, it -> new StateSpec(it, StateSpec.Kind.ATOMIC));
  }
}
