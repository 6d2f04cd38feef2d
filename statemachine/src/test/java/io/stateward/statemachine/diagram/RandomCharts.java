package io.stateward.statemachine.diagram;

import io.stateward.flow.Backoff;
import io.stateward.flow.Retry;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Compiler;
import io.stateward.statemachine.internal.EventSpace;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Charts of every shape, with names that look like statements, marks and mistakes. */
final class RandomCharts {

  /** Which of them. */
  enum Sort {
    /** Everything, named as badly as can be. */
    EVERYTHING,
    /** What XState says in the same way: no parallel states, nothing that waits. */
    SEQUENTIAL,
    /** What documents say: the W3C's rules, plain names. */
    DOCUMENT
  }

  static final List<String> NAMES =
      List.of(
          "Idle",
          "end",
          "state",
          "note",
          "[*]",
          "Busy_start",
          "default",
          "direction TB",
          "a\"b",
          "two\nlines",
          "tab\there",
          "<b>bold</b>",
          "</div>",
          "%%{init: {}}%%",
          "%% comment",
          "x --> y",
          "a:b",
          "a::b",
          ":::c",
          "#35;",
          "&amp;",
          "{",
          "}",
          "--",
          "<<fork>>",
          "[[fork]]",
          "ünïcode",
          "状态",
          "🚀",
          "",
          " ",
          "  two  spaces ",
          "class a b",
          "classDef x fill:#fff;",
          "style s fill:#f00;",
          "__proto__",
          "constructor",
          "toString",
          "1. one",
          "- dash",
          "**b**",
          "_i_",
          "`c`",
          "$$x$$",
          "$x",
          "\\n",
          "a\\b",
          "'q'",
          "/' c '/",
          "' c",
          "!include x",
          "@enduml",
          "%date()",
          "<U+0041>",
          "~~s~~",
          "//i//",
          "''m''",
          "end note",
          "endnote",
          "note right of A",
          "hide empty description",
          "accTitle: x",
          "a;b",
          "a,b",
          "a|b",
          "a.b",
          "x.y.z",
          "1",
          "42nd",
          "click here",
          "as",
          "root",
          "s_2",
          "S_2",
          "a(b)",
          "[x](y)",
          "http://x.y/z",
          "=== x",
          "+ x",
          "> x",
          "\u0000",
          "\u200b",
          "\ud800",
          "\u2028",
          "xn\u0301",
          "-->",
          "--",
          "---",
          "title",
          "left of",
          "scale 2",
          "skinparam x y",
          "@startuml",
          "{{x}}",
          "<script>alert(1)</script>",
          "?",
          "*",
          "a*",
          "#id",
          ".",
          "..",
          "a-b",
          "as b",
          "state \"x\" as y");

  private static final String[] KINDS = {"a", "b", "c", "d"};

  private final Random random;
  private final Sort sort;
  private final ChartSpec chart;
  private final List<StateSpec> states = new ArrayList<>();
  private final Map<StateSpec, StateSpec> parents = new HashMap<>();
  private int count;

  private RandomCharts(long seed, Sort sort) {
    this.random = new Random(seed);
    this.sort = sort;
    this.chart =
        new ChartSpec(name(), new Texts(names()), Form.NAMES).strict(sort == Sort.DOCUMENT);
  }

  static Machine<List<String>, String> make(long seed, Sort sort) {
    RandomCharts maker = new RandomCharts(seed, sort);
    maker.fill(maker.chart.root(), 0);
    maker.begin(maker.chart.root(), maker.chart.root());
    maker.states.forEach(maker::connect);
    if (sort == Sort.EVERYTHING && maker.random.nextInt(4) == 0) {
      maker.connect(maker.chart.root());
    }
    return new ChartMachine<>(Compiler.compile(maker.chart));
  }

  /** The kinds of events. */
  private List<String> names() {
    return List.of(KINDS).stream()
        .map(it -> sort == Sort.EVERYTHING ? it + " " + name() : it)
        .toList();
  }

  private String name() {
    return sort == Sort.EVERYTHING ? NAMES.get(random.nextInt(NAMES.size())) : "s";
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T of(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }

  // States.

  private void fill(StateSpec parent, int depth) {
    boolean parallel = parent.kind() == Kind.PARALLEL;
    int children = (parallel ? 2 : 1) + random.nextInt(3);
    for (int i = 0; i < children; i++) {
      child(parent, kind(parallel, depth), depth);
    }
    if (chance(30) && depth > 0) {
      child(parent, chance(50) ? Kind.DEEP_HISTORY : Kind.SHALLOW_HISTORY, depth);
    }
  }

  private Kind kind(boolean region, int depth) {
    int choice = depth >= 3 || count > 14 ? 0 : random.nextInt(10);
    if (choice < 4) {
      return Kind.ATOMIC;
    }
    if (choice < 7) {
      return Kind.COMPOUND;
    }
    if (choice < 9) {
      return sort == Sort.SEQUENTIAL ? Kind.COMPOUND : Kind.PARALLEL;
    }
    return region ? Kind.COMPOUND : Kind.FINAL;
  }

  private void child(StateSpec parent, Kind kind, int depth) {
    StateSpec state = new StateSpec(unique(), kind);
    state.region(parent.kind() == Kind.PARALLEL && !history(state));
    parents.put(state, parent);
    parent.children().add(state);
    states.add(state);
    if (kind == Kind.COMPOUND || kind == Kind.PARALLEL) {
      fill(state, depth + 1);
      if (kind == Kind.COMPOUND) {
        begin(state, state);
      }
    } else if (history(state)) {
      begin(state, parent);
    }
    if (!history(state) && sort != Sort.DOCUMENT) {
      state.entry().add(say("enter " + state.name()));
      state.exit().add(say("exit " + state.name()));
    }
  }

  private String unique() {
    String name = sort == Sort.EVERYTHING ? name() : "s" + count;
    boolean taken =
        name.equals(chart.name()) || states.stream().anyMatch(it -> it.name().equals(name));
    count++;
    return taken ? name + count : name;
  }

  private static boolean history(StateSpec state) {
    return state.kind() == Kind.SHALLOW_HISTORY || state.kind() == Kind.DEEP_HISTORY;
  }

  private void begin(StateSpec state, StateSpec around) {
    boolean anywhere = chance(25);
    List<StateSpec> inside =
        states.stream()
            .filter(it -> !history(it) && (anywhere ? isIn(it, around) : parents.get(it) == around))
            .toList();
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    arc.targets().add(new ArcSpec.Target(of(inside), null));
    if (chance(20) && sort == Sort.EVERYTHING) {
      arc.actions().add(say("begin"));
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

  private static Action say(String name) {
    return new Action.Run(name, (state, event, key) -> {});
  }

  // Transitions.

  private void connect(StateSpec state) {
    if (history(state) || state.kind() == Kind.FINAL) {
      return;
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      Trigger trigger = on(KINDS[random.nextInt(KINDS.length)]);
      finish(state, new ArcSpec(trigger));
      if (chance(15) && sort == Sort.EVERYTHING) {
        finish(state, new ArcSpec(trigger).guard(guard())); // another way of a choice
      }
    }
    if (sort == Sort.EVERYTHING) {
      waiting(state);
    }
    if (chance(15)) {
      always(state);
    }
    if (state.kind() == Kind.COMPOUND && state != chart.root() && chance(40)) {
      done(state);
    }
    if (chance(10)) {
      finish(state, new ArcSpec(Trigger.any()));
    }
  }

  private void done(StateSpec state) {
    String name = "done.state." + state.name();
    finish(
        state,
        new ArcSpec(
            sort == Sort.DOCUMENT ? new Trigger.On(name, name::equals) : new Trigger.Done()));
  }

  private Trigger on(String kind) {
    String name = names(kind);
    return new Trigger.On(name, name::equals);
  }

  private String names(String kind) {
    EventSpace events = chart.events();
    for (int i = 0; i < events.size(); i++) {
      if (events.name(i).startsWith(kind)) {
        return events.name(i);
      }
    }
    throw new AssertionError(kind);
  }

  /** Forwards only, lest it goes round for ever. */
  private void always(StateSpec state) {
    List<StateSpec> later =
        states.stream()
            .skip(Math.max(0, states.indexOf(state)))
            .filter(
                it ->
                    it != state && !isIn(it, state) && !isIn(state, it) && it.kind() == Kind.ATOMIC)
            .filter(it -> states.indexOf(it) > states.indexOf(state))
            .toList();
    if (!later.isEmpty()) {
      ArcSpec arc = new ArcSpec(new Trigger.Always()).guard(guard());
      arc.targets().add(new ArcSpec.Target(of(later), null));
      state.arcs().add(arc);
    }
  }

  private void waiting(StateSpec state) {
    if (chance(20)) {
      TimerSpec timer =
          new TimerSpec(chance(50) ? "after 5s" : name(), it -> Duration.ofSeconds(5));
      state.timers().add(timer);
      finish(state, new ArcSpec(new Trigger.After(timer)));
    }
    if (chance(20)) {
      InvokeSpec.Body body = (data, context) -> "done";
      InvokeSpec invoke = new InvokeSpec(name(), new InvokeSpec.Blocking(body));
      invoke.timeout(Duration.ofMillis(1_500)).heartbeat(Duration.ofSeconds(1));
      invoke.retry(Retry.after(Backoff.fixed(Duration.ofSeconds(1))).attempts(2));
      state.invokes().add(invoke);
      for (Trigger.Ending ending : Trigger.Ending.values()) {
        finish(state, new ArcSpec(new Trigger.Ended(invoke, ending)));
      }
    }
    if (chance(20)) {
      ArcSpec.Reaction reaction = chance(50) ? ArcSpec.Reaction.DEFER : ArcSpec.Reaction.IGNORE;
      state.arcs().add(new ArcSpec(on(KINDS[random.nextInt(4)])).reaction(reaction));
    }
  }

  private void finish(StateSpec state, ArcSpec arc) {
    if (arc.guard() == null && chance(30)) {
      arc.guard(guard());
    }
    arc.external(chance(sort == Sort.DOCUMENT ? 70 : 30));
    if (!chance(15)) {
      targets(arc);
    }
    if (chance(30) && sort != Sort.DOCUMENT) {
      arc.actions().add(say("act " + name()));
    }
    state.arcs().add(arc);
  }

  private void targets(ArcSpec arc) {
    List<StateSpec> parallels = states.stream().filter(it -> it.kind() == Kind.PARALLEL).toList();
    if (parallels.isEmpty() || !chance(30)) {
      arc.targets().add(new ArcSpec.Target(of(states), null));
      return;
    }
    List<StateSpec> regions = of(parallels).children().stream().filter(it -> !history(it)).toList();
    for (StateSpec region : regions.subList(0, 2)) {
      List<StateSpec> inside =
          states.stream().filter(it -> it == region || isIn(it, region)).toList();
      arc.targets().add(new ArcSpec.Target(of(inside), null));
    }
  }

  /** One whose name says whether it holds. */
  private Guard guard() {
    if (sort == Sort.DOCUMENT) {
      return new Guard("In('" + of(states).name() + "')", (state, event, view) -> true, false);
    }
    boolean holds = chance(50);
    return new Guard((holds ? "yes " : "no ") + name(), (state, event, view) -> holds, false);
  }

  /** Events that are texts. */
  private record Texts(List<String> names) implements EventSpace {

    @Override
    public int size() {
      return names.size();
    }

    @Override
    public boolean open() {
      return false;
    }

    @Override
    public int kindOf(Object event) {
      return names.indexOf(event);
    }

    @Override
    public Object key(int kind) {
      return names.get(kind);
    }

    @Override
    public String name(int kind) {
      return names.get(kind);
    }

    @Override
    public String label() {
      return "texts";
    }
  }
}
