package io.stateward.statemachine.oracle;

import io.stateward.statemachine.View;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ArcSpec.Target;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a chart of what is on a tape: any that the rules allow, and small. */
final class ChartMaker {

  /**
   * Which charts.
   *
   * @param strict whether the W3C's rules hold to the letter
   * @param parallels whether there are parallel states
   * @param plain whether most is left out that the engine has to take its general way for:
   *     contexts, actions within the macrostep, what is sent, waited for and needs no trigger
   */
  record Sort(boolean strict, boolean parallels, boolean plain) {}

  /** A small context that guards look at. */
  record Counter(int value) {
    Counter next(int by) {
      return new Counter((value * 2 + by) % 7);
    }
  }

  private static final int MOST_STATES = 22;
  private static final int DEEPEST = 4;

  private final Tape tape;
  private final Sort sort;
  private final ChartSpec chart;
  private final List<StateSpec> states = new ArrayList<>();
  private final Map<StateSpec, StateSpec> parents = new HashMap<>();
  private final List<String> performed;
  private int count;
  private int labels;

  private ChartMaker(Tape tape, Sort sort, List<String> performed) {
    this.performed = performed;
    this.tape = tape;
    this.sort = sort;
    this.chart = new ChartSpec("root", new Names(!sort.plain()), Form.NAMES);
    chart.strict(sort.strict()).budget(40);
    if (!sort.plain()) {
      chart
          .contexts()
          .add(new ChartSpec.ContextSpec(Counter.class, (state, event, view) -> new Counter(0)));
    }
  }

  /** Makes a chart whose work outside of the macrostep is noted, as it is done. */
  static ChartSpec make(Tape tape, Sort sort, List<String> performed) {
    ChartMaker maker = new ChartMaker(tape, sort, performed);
    maker.fill(maker.chart.root(), 0);
    maker.states.add(0, maker.chart.root());
    maker.states.forEach(maker::begin);
    maker.states.forEach(maker::connect);
    return maker.chart;
  }

  // The tree.

  private void fill(StateSpec parent, int depth) {
    boolean parallel = parent.kind() == Kind.PARALLEL;
    int children = (parallel ? 2 : 1) + tape.below(3);
    for (int i = 0; i < children; i++) {
      child(parent, kind(parallel, depth), depth);
    }
    if (parent != chart.root() && tape.chance(35)) {
      child(parent, tape.chance(50) ? Kind.DEEP_HISTORY : Kind.SHALLOW_HISTORY, depth);
    }
  }

  private Kind kind(boolean inParallel, int depth) {
    if (depth >= DEEPEST || count > MOST_STATES) {
      return Kind.ATOMIC;
    }
    int choice = tape.below(10);
    if (choice < 4) {
      return Kind.ATOMIC;
    }
    if (choice < 7) {
      return Kind.COMPOUND;
    }
    if (choice < 9) {
      return sort.parallels() ? Kind.PARALLEL : Kind.COMPOUND;
    }
    return inParallel ? Kind.COMPOUND : Kind.FINAL;
  }

  private void child(StateSpec parent, Kind kind, int depth) {
    StateSpec state = new StateSpec("s" + count++, kind);
    state.region(parent.kind() == Kind.PARALLEL && !isHistory(state));
    parents.put(state, parent);
    parent.children().add(state);
    states.add(state);
    if (kind == Kind.COMPOUND || kind == Kind.PARALLEL) {
      fill(state, depth + 1);
    }
    if (!isHistory(state)) {
      state.entry().add(say("enter " + state.name()));
      state.exit().add(say("exit " + state.name()));
      if (rarely(12)) {
        state.entry().add(raise("d"));
      }
      if (rarely(8)) {
        state.exit().add(raise("d"));
      }
    }
  }

  private static boolean isHistory(StateSpec state) {
    return state.kind() == Kind.SHALLOW_HISTORY || state.kind() == Kind.DEEP_HISTORY;
  }

  // Where states begin.

  private void begin(StateSpec state) {
    if (state.kind() == Kind.COMPOUND) {
      begin(state, state, !sort.strict());
    } else if (isHistory(state)) {
      begin(state, Objects.requireNonNull(parents.get(state)), false);
    }
  }

  private void begin(StateSpec state, StateSpec around, boolean always) {
    if (!always && tape.chance(25)) {
      return;
    }
    List<StateSpec> real = around.children().stream().filter(it -> !isHistory(it)).toList();
    List<StateSpec> inside =
        tape.chance(30) ? states.stream().filter(it -> isIn(it, around)).toList() : real;
    List<StateSpec> fit = inside.stream().filter(it -> it != state).toList();
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    StateSpec one = tape.of(fit);
    // A history that leads to histories may have no end.
    arc.targets().add(new Target(isHistory(one) ? real.get(0) : one, null));
    if (tape.chance(40)) {
      arc.actions().add(say("begin " + state.name()));
    }
    state.initial(arc);
  }

  private boolean isIn(StateSpec state, StateSpec ancestor) {
    for (StateSpec s = parents.get(state); s != null; s = parents.get(s)) {
      if (s == ancestor) {
        return true;
      }
    }
    return false;
  }

  // Transitions.

  private void connect(StateSpec state) {
    if (isHistory(state) || state.kind() == Kind.FINAL) {
      return;
    }
    int arcs = tape.below(4);
    for (int i = 0; i < arcs; i++) {
      connect(state, tape.below(12));
    }
    if (!sort.plain() && state != chart.root() && tape.chance(10)) {
      TimerSpec timer = new TimerSpec("after", data -> Duration.ofMillis(20));
      state.timers().add(timer);
      finish(state, new ArcSpec(new Trigger.After(timer)), 1);
    }
  }

  private void connect(StateSpec state, int choice) {
    if (choice < 9 || state == chart.root()) {
      int kind = tape.below(4);
      finish(state, new ArcSpec(on(kind, tape.chance(10))), kind);
    } else if (choice == 9 && rarely(100)) {
      ArcSpec arc = new ArcSpec(new Trigger.Always());
      // Unless strict, an event that is refused does not make the engine ask these again.
      arc.guard(guard(sort.strict()));
      finish(state, arc, 3);
    } else if (state.kind() != Kind.ATOMIC) {
      Trigger done =
          tape.chance(50)
              ? new Trigger.Done()
              : new Trigger.On("done", ("done." + state.name())::equals);
      finish(state, new ArcSpec(done), 3);
    }
  }

  private static Trigger on(int kind, boolean any) {
    return any
        ? new Trigger.On("*", name -> true)
        : new Trigger.On(Names.KINDS.get(kind), Names.KINDS.get(kind)::equals);
  }

  private void finish(StateSpec state, ArcSpec arc, int kind) {
    if (arc.guard() == null && tape.chance(30)) {
      arc.guard(guard(true));
    }
    if (tape.chance(4)) {
      state.arcs().add(arc.reaction(ArcSpec.Reaction.IGNORE));
      return;
    }
    targets(arc);
    arc.external(tape.chance(sort.strict() ? 70 : 30));
    if (!sort.plain() && tape.chance(30)) {
      int by = tape.below(3);
      arc.assigns()
          .add(
              new ArcSpec.Assign(
                  Counter.class, (current, data, event) -> ((Counter) notNull(current)).next(by)));
    }
    String label = "take " + state.name() + "/" + labels++;
    arc.actions().add(say(label));
    content(arc, kind);
    state.arcs().add(arc);
  }

  private static String told(@Nullable Object event, View view) {
    return event + " " + view.get(Counter.class).value();
  }

  private void content(ArcSpec arc, int kind) {
    if (kind < 3 && rarely(40)) { // upwards only, lest everything is endless
      arc.actions().add(raise(Names.KINDS.get(kind + 1 + tape.below(3 - kind))));
    }
    if (!sort.plain() && tape.chance(12)) {
      int delay = 10 * tape.below(4);
      String event = tape.of(Names.KINDS);
      arc.actions().add(new Action.Send("sent" + tape.below(2), (s, e) -> delay, (s, e) -> event));
    }
    if (!sort.plain() && tape.chance(8)) {
      arc.actions().add(new Action.Cancel("sent" + tape.below(2)));
    }
  }

  private void targets(ArcSpec arc) {
    List<StateSpec> all = states.stream().filter(it -> it != chart.root()).toList();
    if (tape.chance(15)) {
      return;
    }
    List<StateSpec> parallels = all.stream().filter(it -> it.kind() == Kind.PARALLEL).toList();
    if (parallels.isEmpty() || !tape.chance(25)) {
      arc.targets().add(new Target(tape.of(all), null));
      return;
    }
    StateSpec parallel = tape.of(parallels);
    List<StateSpec> regions = parallel.children().stream().filter(it -> !isHistory(it)).toList();
    for (StateSpec region : regions.subList(0, 2)) {
      List<StateSpec> inside = all.stream().filter(it -> it == region || isIn(it, region)).toList();
      arc.targets().add(new Target(tape.of(inside), null));
    }
  }

  private Guard guard(boolean ofEvents) {
    if (sort.plain() && ofEvents && tape.chance(60)) {
      String only = tape.of(Names.KINDS);
      return new Guard("event " + only, (s, event, view) -> only.equals(event), false);
    }
    if (!sort.plain() && tape.chance(50)) {
      int remainder = tape.below(3);
      return new Guard(
          "counter", (s, e, view) -> view.get(Counter.class).value() % 3 == remainder, true);
    }
    String name = tape.of(states).name();
    boolean not = tape.chance(30);
    return new Guard("In " + name, (s, e, view) -> view.isIn(name) != not, true);
  }

  private static Object notNull(@Nullable Object value) {
    return Objects.requireNonNull(value);
  }

  private static Action raise(String event) {
    return new Action.Raise(event, (state, cause) -> event);
  }

  private Action say(String text) {
    return sort.plain()
        ? new Action.Run(text, (state, event, key) -> performed.add(text + " " + event))
        : new Action.Script(text, (event, context) -> context.emit(text, told(event, context)));
  }

  private boolean rarely(int percent) {
    return tape.chance(sort.plain() ? percent / 8 : percent);
  }
}
