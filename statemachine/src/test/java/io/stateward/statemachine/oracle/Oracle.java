package io.stateward.statemachine.oracle;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ArcSpec.Target;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.StateSpec.Kind;
import io.stateward.statemachine.internal.StepContext;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Interprets a chart without compiling it. The names of the methods are those of the W3C's
 * procedures. States have no data; contexts and guards on them work.
 *
 * <p>In charts that are not strict it has the two deviations: a parallel state may be a domain, of
 * which only the regions that hold a target are left; and a transition leaves its source for a
 * target inside of it only if it is external.
 */
final class Oracle {

  /** What is processed: an event, the end of a state, the end of a wait, or the beginning. */
  sealed interface Item {
    record Event(Object event) implements Item {}

    record Done(StateSpec state) implements Item {}

    record After(StateSpec state, TimerSpec timer) implements Item {}
  }

  /** What is waited for. */
  record Waiting(Item item, String name, long deadline, long number) {
    String state() {
      return item instanceof Item.After after ? after.state().name() : "";
    }
  }

  /** What a microstep left and entered. */
  record Microstep(List<String> exited, List<String> entered) {}

  /** A transition with the state that has it. */
  private record Arc(StateSpec source, ArcSpec spec) {}

  /** A macrostep that does not end. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final ChartSpec chart;
  private final Map<StateSpec, StateSpec> parents = new HashMap<>();
  private final List<StateSpec> documentOrder = new ArrayList<>();

  private Set<StateSpec> configuration = new LinkedHashSet<>();
  private Map<StateSpec, List<StateSpec>> historyValue = new HashMap<>();
  private Map<Class<?>, Object> contexts = new HashMap<>();
  private List<Waiting> waiting = new ArrayList<>();
  private long numbers;
  private boolean running = true;
  private long now;

  private final Deque<Item> internalQueue = new ArrayDeque<>();
  private final List<Microstep> microsteps = new ArrayList<>();
  private final List<String> emitted = new ArrayList<>();

  Oracle(ChartSpec chart) {
    this.chart = chart;
    visit(chart.root(), null);
  }

  private void visit(StateSpec state, @Nullable StateSpec parent) {
    documentOrder.add(state);
    if (parent != null) {
      parents.put(state, parent);
    }
    state.children().forEach(child -> visit(child, state));
  }

  // What the comparison reads.

  List<String> active() {
    return names(inDocumentOrder(configuration));
  }

  List<String> leaves() {
    return names(inDocumentOrder(configuration.stream().filter(this::isAtomicState).toList()));
  }

  List<Microstep> microsteps() {
    return microsteps;
  }

  List<String> emitted() {
    return emitted;
  }

  boolean isDone() {
    return !running;
  }

  List<Waiting> waiting() {
    return waiting;
  }

  @Nullable Object context(Class<?> type) {
    return contexts.get(type);
  }

  // Macrosteps.

  void begin() {
    chart
        .contexts()
        .forEach(
            it ->
                contexts.put(
                    it.type(),
                    Objects.requireNonNull(it.initial().apply(null, null, new Around(null)))));
    Arc initial = new Arc(chart.root(), initialOf(chart.root()));
    configuration.add(chart.root());
    macrostep(null, List.of(initial));
  }

  /** Takes an event from outside; a macrostep that does not end changes nothing. */
  void take(Item item, long time) {
    now = time;
    microsteps.clear();
    emitted.clear();
    if (!running) {
      return;
    }
    Set<StateSpec> oldConfiguration = new LinkedHashSet<>(configuration);
    Map<StateSpec, List<StateSpec>> oldHistory = new HashMap<>(historyValue);
    Map<Class<?>, Object> oldContexts = new HashMap<>(contexts);
    List<Waiting> oldWaiting = new ArrayList<>(waiting);
    long oldNumbers = numbers;
    try {
      macrostep(item, selectTransitions(item, item));
    } catch (Endless e) {
      configuration = oldConfiguration;
      historyValue = oldHistory;
      contexts = oldContexts;
      waiting = oldWaiting;
      numbers = oldNumbers;
      running = true;
      internalQueue.clear();
      microsteps.clear();
      emitted.clear();
      throw e;
    }
  }

  /** Takes what was waited for, which is over then even if the macrostep does not end. */
  void fire(Waiting due, long time) {
    if (waiting.remove(due)) {
      take(due.item(), time);
    }
  }

  private void macrostep(@Nullable Item item, List<Arc> first) {
    Item current = item;
    if (!first.isEmpty()) {
      microstep(first, current);
    }
    boolean done = false;
    while (running && !done) {
      List<Arc> enabled = selectTransitions(null, current);
      if (enabled.isEmpty()) {
        if (internalQueue.isEmpty()) {
          done = true;
        } else {
          current = internalQueue.remove();
          enabled = selectTransitions(current, current);
        }
      }
      if (!enabled.isEmpty()) {
        microstep(enabled, current);
      }
    }
    internalQueue.clear();
    if (!running) {
      exitInterpreter(current);
    }
  }

  /** The states stay in the configuration, so that one can see where it ended. */
  private void exitInterpreter(@Nullable Item item) {
    List<StateSpec> all = new ArrayList<>(inDocumentOrder(configuration));
    java.util.Collections.reverse(all);
    if (chart.strict()) {
      all.forEach(state -> execute(state.exit(), item));
    }
    internalQueue.clear();
    waiting.clear();
  }

  private void microstep(List<Arc> enabled, @Nullable Item item) {
    if (microsteps.size() >= chart.budget()) {
      throw new Endless();
    }
    List<StateSpec> exited = exitStates(enabled, item);
    executeTransitionContent(enabled, item);
    List<StateSpec> entered = enterStates(enabled, item);
    microsteps.add(new Microstep(names(exited), names(entered)));
  }

  // Which transitions.

  /** Selects for an item, or without a trigger if there is none; guards see the latest one. */
  private List<Arc> selectTransitions(@Nullable Item item, @Nullable Item latest) {
    List<Arc> enabled = new ArrayList<>();
    for (StateSpec state : inDocumentOrder(configuration)) {
      if (isAtomicState(state)) {
        Arc found = firstEnabled(state, item, latest);
        if (found != null && !enabled.contains(found)) {
          enabled.add(found);
        }
      }
    }
    return removeConflictingTransitions(enabled);
  }

  private @Nullable Arc firstEnabled(StateSpec leaf, @Nullable Item item, @Nullable Item latest) {
    for (StateSpec s = leaf; s != null; s = parents.get(s)) {
      for (ArcSpec arc : s.arcs()) {
        if (matches(s, arc.trigger(), item) && conditionMatch(arc, latest)) {
          return arc.reaction() == ArcSpec.Reaction.ACT ? new Arc(s, arc) : null;
        }
      }
    }
    return null;
  }

  private boolean matches(StateSpec source, Trigger trigger, @Nullable Item item) {
    if (item == null) {
      return trigger instanceof Trigger.Always;
    }
    if (trigger instanceof Trigger.On on) {
      Object event = eventOf(item);
      return event != null && on.kinds().test(chart.events().key(chart.events().kindOf(event)));
    }
    if (trigger instanceof Trigger.Done) {
      return item instanceof Item.Done done && done.state() == source;
    }
    return trigger instanceof Trigger.After after
        && item instanceof Item.After due
        && due.state() == source
        && due.timer() == after.timer();
  }

  private @Nullable Object eventOf(@Nullable Item item) {
    if (item instanceof Item.Event event) {
      return event.event();
    }
    return item instanceof Item.Done done ? chart.events().done(done.state().name()) : null;
  }

  private boolean conditionMatch(ArcSpec arc, @Nullable Item item) {
    return arc.guard() == null || arc.guard().test().test(null, eventOf(item), new Around(item));
  }

  private List<Arc> removeConflictingTransitions(List<Arc> enabled) {
    List<Arc> filtered = new ArrayList<>();
    for (Arc one : enabled) {
      boolean preempted = false;
      List<Arc> toRemove = new ArrayList<>();
      for (Arc other : filtered) {
        Set<StateSpec> both = new HashSet<>(computeExitSet(List.of(one)));
        both.retainAll(computeExitSet(List.of(other)));
        if (!both.isEmpty()) {
          if (isDescendant(one.source(), other.source())) {
            toRemove.add(other);
          } else {
            preempted = true;
            break;
          }
        }
      }
      if (!preempted) {
        filtered.removeAll(toRemove);
        filtered.add(one);
      }
    }
    return filtered;
  }

  // What is left.

  private List<StateSpec> exitStates(List<Arc> enabled, @Nullable Item item) {
    List<StateSpec> exits = new ArrayList<>(inDocumentOrder(computeExitSet(enabled)));
    exits.sort(Comparator.comparing(documentOrder::indexOf).reversed());
    for (StateSpec state : exits) {
      for (StateSpec history : state.children()) {
        if (history.kind() == Kind.DEEP_HISTORY) {
          historyValue.put(history, active(it -> isAtomicState(it) && isDescendant(it, state)));
        } else if (history.kind() == Kind.SHALLOW_HISTORY) {
          historyValue.put(history, active(it -> parents.get(it) == state));
        }
      }
    }
    for (StateSpec state : exits) {
      execute(state.exit(), item);
      waiting.removeIf(it -> it.item() instanceof Item.After after && after.state() == state);
      configuration.remove(state);
    }
    return exits;
  }

  private List<StateSpec> active(java.util.function.Predicate<StateSpec> which) {
    return inDocumentOrder(configuration.stream().filter(which).toList());
  }

  private Set<StateSpec> computeExitSet(List<Arc> arcs) {
    Set<StateSpec> exits = new LinkedHashSet<>();
    for (Arc arc : arcs) {
      if (!arc.spec().targets().isEmpty()) {
        StateSpec domain = getTransitionDomain(arc);
        for (StateSpec state : configuration) {
          if (isDescendant(state, domain) && isLeft(state, domain, arc)) {
            exits.add(state);
          }
        }
      }
    }
    return exits;
  }

  /** The second deviation: of what is parallel and stays, the regions that hold a target. */
  private boolean isLeft(StateSpec state, StateSpec domain, Arc arc) {
    if (chart.strict() || domain.kind() != Kind.PARALLEL) {
      return true;
    }
    StateSpec region = state;
    while (parents.get(region) != domain) {
      region = Objects.requireNonNull(parents.get(region));
    }
    StateSpec of = region;
    List<StateSpec> targets = getEffectiveTargetStates(arc.spec());
    if (targets.contains(of) || arc.source() == of) {
      return targets.contains(of) || targets.stream().anyMatch(it -> isDescendant(it, of));
    }
    return targets.stream().anyMatch(it -> isDescendant(it, of))
        && state != of
        && isLeft(state, of, arc);
  }

  private StateSpec getTransitionDomain(Arc arc) {
    List<StateSpec> targets = getEffectiveTargetStates(arc.spec());
    Kind kind = arc.source().kind();
    boolean around = kind == Kind.COMPOUND || (!chart.strict() && kind == Kind.PARALLEL);
    boolean inside = targets.stream().allMatch(it -> isDescendant(it, arc.source()));
    return !arc.spec().external() && around && inside
        ? arc.source()
        : findLeastCommonAncestor(arc.source(), targets);
  }

  /** Of compound states, unless in charts that are not strict: there, of parallel ones as well. */
  private StateSpec findLeastCommonAncestor(StateSpec source, List<StateSpec> targets) {
    for (StateSpec s = parents.get(source); s != null; s = parents.get(s)) {
      StateSpec ancestor = s;
      boolean eligible = !chart.strict() || s.kind() == Kind.COMPOUND;
      if (eligible && targets.stream().allMatch(it -> isDescendant(it, ancestor))) {
        return s;
      }
    }
    return chart.root();
  }

  private List<StateSpec> getEffectiveTargetStates(ArcSpec arc) {
    Set<StateSpec> targets = new LinkedHashSet<>();
    for (Target target : arc.targets()) {
      StateSpec state = target.state();
      if (!isHistoryState(state)) {
        targets.add(state);
      } else if (historyValue.containsKey(state)) {
        targets.addAll(historyOf(state));
      } else {
        targets.addAll(getEffectiveTargetStates(initialOf(state)));
      }
    }
    return List.copyOf(targets);
  }

  private List<StateSpec> historyOf(StateSpec state) {
    return historyValue.getOrDefault(state, List.of());
  }

  // What is done.

  private void executeTransitionContent(List<Arc> enabled, @Nullable Item item) {
    for (Arc arc : enabled) {
      for (ArcSpec.Assign assign : arc.spec().assigns()) {
        Object next = assign.function().apply(contexts.get(assign.type()), null, eventOf(item));
        contexts.put(assign.type(), Objects.requireNonNull(next));
      }
      if (arc.source() != chart.root() || !(arc.spec().trigger() instanceof Trigger.Initial)) {
        execute(arc.spec().actions(), item);
      }
    }
  }

  private void execute(List<Action> actions, @Nullable Item item) {
    Around around = new Around(item);
    Object event = eventOf(item);
    for (Action action : actions) {
      if (action instanceof Action.Run run) {
        emitted.add(run.name() + " " + event);
      } else if (action instanceof Action.Raise raise) {
        around.raise(raise.event().make(null, event));
      } else if (action instanceof Action.Send send) {
        around.send(
            send.name(), send.delayMillis().millis(null, event), send.event().make(null, event));
      } else if (action instanceof Action.Cancel cancel) {
        around.cancel(cancel.name());
      } else if (action instanceof Action.Emit emit) {
        around.emit(emit.name(), emit.value().make(null, event));
      } else if (action instanceof Action.Script script) {
        script.body().run(event, around);
      }
    }
  }

  // What is entered.

  private List<StateSpec> enterStates(List<Arc> enabled, @Nullable Item item) {
    Entry entry = new Entry();
    enabled.forEach(entry::compute);
    List<StateSpec> entries = new ArrayList<>(inDocumentOrder(entry.statesToEnter));
    if (enabled.get(0).spec().trigger() instanceof Trigger.Initial) {
      execute(enabled.get(0).spec().actions(), item);
    }
    for (StateSpec state : entries) {
      configuration.add(state);
      for (TimerSpec timer : state.timers()) {
        wait(new Item.After(state, timer), timer.name(), timer.delay().apply(null).toMillis());
      }
      execute(state.entry(), item);
      if (entry.statesForDefaultEntry.contains(state)) {
        execute(initialOf(state).actions(), item);
      }
      execute(entry.defaultHistoryContent.getOrDefault(state, List.of()), item);
      if (state.kind() == Kind.FINAL) {
        end(state);
      }
    }
    return entries;
  }

  private void end(StateSpec state) {
    StateSpec parent = Objects.requireNonNull(parents.get(state));
    if (parent == chart.root()) {
      running = false;
      return;
    }
    internalQueue.add(new Item.Done(parent));
    StateSpec grandparent = Objects.requireNonNull(parents.get(parent));
    if (grandparent.kind() == Kind.PARALLEL && isInFinalState(grandparent)) {
      internalQueue.add(new Item.Done(grandparent));
    }
  }

  private boolean isInFinalState(StateSpec state) {
    if (state.kind() == Kind.COMPOUND) {
      return state.children().stream()
          .anyMatch(it -> it.kind() == Kind.FINAL && configuration.contains(it));
    }
    return state.kind() == Kind.PARALLEL
        && state.children().stream()
            .filter(it -> !isHistoryState(it))
            .allMatch(this::isInFinalState);
  }

  private void wait(Item item, String name, long millis) {
    waiting.add(new Waiting(item, name, now + millis, numbers++));
  }

  /** The entry set of a microstep. */
  private final class Entry {
    final Set<StateSpec> statesToEnter = new LinkedHashSet<>();
    final Set<StateSpec> statesForDefaultEntry = new HashSet<>();
    final Map<StateSpec, List<Action>> defaultHistoryContent = new HashMap<>();

    void compute(Arc arc) {
      if (arc.spec().targets().isEmpty()) {
        return;
      }
      boolean first = arc.spec().trigger() instanceof Trigger.Initial;
      StateSpec domain = first ? chart.root() : getTransitionDomain(arc);
      arc.spec().targets().forEach(target -> addDescendantStatesToEnter(target.state()));
      for (StateSpec state : getEffectiveTargetStates(arc.spec())) {
        addAncestorStatesToEnter(state, domain);
      }
    }

    void addDescendantStatesToEnter(StateSpec state) {
      if (isHistoryState(state)) {
        restore(state);
        return;
      }
      statesToEnter.add(state);
      if (state.kind() == Kind.COMPOUND) {
        statesForDefaultEntry.add(state);
        into(initialOf(state), state);
      } else if (state.kind() == Kind.PARALLEL) {
        regions(state);
      }
    }

    private void restore(StateSpec history) {
      StateSpec parent = Objects.requireNonNull(parents.get(history));
      if (historyValue.containsKey(history)) {
        historyOf(history).forEach(this::addDescendantStatesToEnter);
        historyOf(history).forEach(it -> addAncestorStatesToEnter(it, parent));
      } else {
        defaultHistoryContent.put(parent, initialOf(history).actions());
        into(initialOf(history), parent);
      }
    }

    private void into(ArcSpec initial, StateSpec around) {
      initial.targets().forEach(it -> addDescendantStatesToEnter(it.state()));
      initial.targets().forEach(it -> addAncestorStatesToEnter(it.state(), around));
    }

    private void regions(StateSpec parallel) {
      for (StateSpec child : parallel.children()) {
        boolean there = statesToEnter.stream().anyMatch(it -> isDescendant(it, child));
        if (!isHistoryState(child) && !there) {
          addDescendantStatesToEnter(child);
        }
      }
    }

    void addAncestorStatesToEnter(StateSpec state, StateSpec ancestor) {
      for (StateSpec s = parents.get(state); s != null && s != ancestor; s = parents.get(s)) {
        if (!configuration.contains(s)) { // which none is, but for the second deviation
          statesToEnter.add(s);
          if (s.kind() == Kind.PARALLEL) {
            regions(s);
          }
        }
      }
    }
  }

  // How states stand to each other.

  private ArcSpec initialOf(StateSpec state) {
    ArcSpec given = state.initial();
    if (given != null) {
      return given;
    }
    if (isHistoryState(state)) {
      StateSpec parent = Objects.requireNonNull(parents.get(state));
      return parent.kind() == Kind.PARALLEL ? toAll(parent) : withoutContent(initialOf(parent));
    }
    ArcSpec first = new ArcSpec(new Trigger.Initial());
    first.targets().add(new Target(real(state).get(0), null));
    return first;
  }

  private ArcSpec toAll(StateSpec parallel) {
    ArcSpec all = new ArcSpec(new Trigger.Initial());
    real(parallel).forEach(it -> all.targets().add(new Target(it, null)));
    return all;
  }

  private static ArcSpec withoutContent(ArcSpec arc) {
    ArcSpec bare = new ArcSpec(new Trigger.Initial());
    bare.targets().addAll(arc.targets());
    return bare;
  }

  private List<StateSpec> real(StateSpec state) {
    return state.children().stream().filter(it -> !isHistoryState(it)).toList();
  }

  private static boolean isHistoryState(StateSpec state) {
    return state.kind() == Kind.SHALLOW_HISTORY || state.kind() == Kind.DEEP_HISTORY;
  }

  private boolean isAtomicState(StateSpec state) {
    return state.kind() == Kind.ATOMIC || state.kind() == Kind.FINAL;
  }

  private boolean isDescendant(StateSpec state, StateSpec ancestor) {
    for (StateSpec s = parents.get(state); s != null; s = parents.get(s)) {
      if (s == ancestor) {
        return true;
      }
    }
    return false;
  }

  private List<StateSpec> inDocumentOrder(java.util.Collection<StateSpec> states) {
    return documentOrder.stream().filter(states::contains).toList();
  }

  private static List<String> names(List<StateSpec> states) {
    return states.stream().map(StateSpec::name).toList();
  }

  /** What guards and actions see and do. */
  private final class Around implements StepContext {

    Around(@Nullable Item item) {}

    @Override
    public <D> @Nullable D find(Class<D> type) {
      return type.cast(contexts.get(type));
    }

    @Override
    public boolean isIn(Class<?> type) {
      return configuration.stream().anyMatch(it -> type.equals(it.key()));
    }

    @Override
    public boolean isIn(String name) {
      return configuration.stream().anyMatch(it -> it.name().equals(name));
    }

    @Override
    public void raise(Object event) {
      internalQueue.add(new Item.Event(event));
    }

    @Override
    public void send(String name, long delayMillis, Object event) {
      Oracle.this.wait(new Item.Event(event), name, delayMillis);
    }

    @Override
    public void cancel(String name) {
      waiting.removeIf(it -> it.item() instanceof Item.Event && it.name().equals(name));
    }

    @Override
    public void emit(String name, Object value) {
      emitted.add(name + " " + value);
    }

    @Override
    public void assign(Class<?> type, @Nullable Object value) {
      contexts.put(type, Objects.requireNonNull(value));
    }

    @Override
    public void end() {
      running = false;
    }
  }
}
