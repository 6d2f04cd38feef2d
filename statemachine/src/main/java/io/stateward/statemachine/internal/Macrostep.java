package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One macrostep under way, as the W3C's algorithm has it: a transaction on copies, of which a
 * position is made at the end, or nothing. It is used again and again.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Macrostep implements StepContext {

  /*
   * mainEventLoop: while something is enabled, transitions without a trigger first, then the
   * internal queue; then the work of states that are still active begins. microstep: exitStates
   * (histories are recorded before any action), the content of transitions, enterStates. Functions
   * of transitions see what was before the microstep, actions what is now.
   */

  private final Chart chart;
  private final Around now;
  private final Around before;
  private final Past past;
  private final Selection selection;
  private final Entry entry;
  private final Ledger ledger = new Ledger();
  private final Deque<Queued> queue = new ArrayDeque<>();
  private final List<Told> microsteps = new ArrayList<>();
  private final long[] exits;
  private final long[] toInvoke;
  private final Selection.Asking asking = this::allows;
  private @Nullable Object event;
  private boolean moved;
  private int refusals; // guards that failed
  private boolean ended;
  private boolean running = true;

  Macrostep(Chart chart) {
    this.chart = chart;
    this.now = new Around(chart);
    this.before = new Around(chart);
    this.past = new Past(chart);
    this.selection = new Selection(chart, now, past);
    this.entry = new Entry(chart, now, past);
    this.exits = Bits.words(chart.nodes.length);
    this.toInvoke = Bits.words(chart.nodes.length);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Whether states were left or entered. */
  boolean moved() {
    return moved;
  }

  /** Whether a transition was taken since the last {@link #load}. */
  boolean tookAny() {
    return !microsteps.isEmpty();
  }

  /** The microsteps since the last {@link #load}. */
  Trace trace() {
    if (microsteps.size() == 1) {
      return microsteps.get(0).trace;
    }
    return microsteps.isEmpty()
        ? Trace.none()
        : new Trace(microsteps.stream().map(told -> told.microstep).toList());
  }

  /** Takes over a position; what is asked of the world is kept apart from that. */
  void load(Position<?> at, java.time.@Nullable Instant time) {
    Extras extras = at.more();
    now.clear();
    if (extras.active() != null) {
      Bits.copy(extras.active(), now.active);
    } else if (at.leaf >= 0) {
      for (Node node = chart.nodes[at.leaf]; node != null; node = node.parent) {
        Bits.add(now.active, node.number);
      }
    }
    now.slots[0] = at.data;
    if (extras.slots() != null) {
      System.arraycopy(extras.slots(), 0, now.slots, 1, extras.slots().length);
    }
    past.load(extras.history());
    ledger.load(extras, time);
    restart();
    running = !at.isDone();
    ended = extras.ended();
  }

  private void restart() {
    queue.clear();
    microsteps.clear();
    entry.clear();
    Bits.clear(exits);
    Bits.clear(toInvoke);
    event = null;
    moved = false;
    refusals = 0;
  }

  /** Lets go of everything, so that nothing is held while it waits for its next use. */
  void clear() {
    now.clear();
    before.clear();
    past.load(null);
    ledger.clear();
    restart();
    running = true;
    ended = false;
  }

  <S> Position<S> position() {
    return Positions.of(chart, now, past, ledger, ended);
  }

  /** Enters the initial states. */
  void begin(@Nullable Object input) {
    for (int i = 0; i < chart.contexts.length; i++) {
      now.slots[chart.regions.length + i] = chart.contexts[i].initial().apply(input, null, now);
    }
    before.copy(now);
    entry.begin(input);
    selection.select(Chart.initial(chart.root()));
    tell();
    enter();
    moved = true;
    rest();
  }

  /** Takes what an occurrence enables, and all that follows; returns what became of it. */
  Outcome take(Row row, @Nullable Object by) {
    event = by;
    selection.select(row, by, asking);
    Outcome refusal = selection.count() > 0 ? null : refuse(row);
    if (refusal == null) {
      microstep();
    }
    // By the letter a refused event may still enable what needs no trigger, and so may its errors.
    if (refusal == null || chart.strict()) {
      rest();
    }
    return refusal == null || !microsteps.isEmpty() ? outcome() : refusal;
  }

  /** Takes a transition that is known to be enabled, and all that follows. */
  Outcome take(Arc arc, @Nullable Object by) {
    event = by;
    selection.select(arc);
    microstep();
    rest();
    return outcome();
  }

  private Outcome refuse(Row row) {
    if (selection.deferring() && event != null) {
      ledger.deferred.add(event);
      return Outcomes.DEFERRED;
    }
    if (selection.ignoring()) {
      return Outcomes.IGNORED;
    }
    return selection.known() ? new Outcome.Rejected(selection.refusing(row)) : Outcomes.UNKNOWN;
  }

  /** Goes on until nothing is enabled, then begins the work of states that are still active. */
  private void rest() {
    while (running) {
      selectAlways();
      while (selection.count() == 0 && !queue.isEmpty()) {
        Queued next = queue.remove();
        event = next.event();
        selection.select(next.row(), event, asking);
        if (selection.deferring() && selection.count() == 0 && event != null) {
          ledger.deferred.add(event);
        }
        if (selection.count() == 0 && chart.strict()) {
          selectAlways();
        }
      }
      if (selection.count() == 0) {
        break;
      }
      microstep();
    }
    if (!running) {
      finish();
    } else {
      invoke();
    }
  }

  private void selectAlways() {
    boolean possible = Bits.meet(now.active, chart.features.always);
    selection.select(possible ? chart.rows.always() : Rows.EMPTY, event, asking);
  }

  private boolean allows(Arc arc, @Nullable Object by) {
    Guard guard = arc.guard;
    if (guard == null) {
      return true;
    }
    try {
      return guard.test().test(now.slots[arc.source.slot], by, now);
    } catch (Throwable failure) {
      // An event that tells of it may meet the same guard again, and so on without a microstep.
      if (++refusals > chart.budget()) {
        throw Failure.unchecked(failure);
      }
      fail(failure);
      return false;
    }
  }

  /** Turns a failure into an event, where the chart says so; else it ends the macrostep. */
  private void fail(Throwable failure) {
    Object error = chart.strict() ? chart.events().failed(failure) : null;
    if (error == null) {
      throw Failure.unchecked(failure);
    }
    raise(error);
  }

  private void microstep() {
    if (microsteps.size() >= chart.budget()) {
      throw Budget.exceeded(chart, trace().microsteps());
    }
    before.copy(now);
    exit();
    content();
    for (int i = 0; i < selection.count(); i++) {
      Arc arc = selection.enabled(i);
      entry.add(arc, before.slots[arc.source.slot]);
    }
    tell();
    moved |= !Bits.isEmpty(exits) || !Bits.isEmpty(entry.entered);
    Bits.clear(exits);
    if (!Bits.isEmpty(entry.entered)) {
      enter();
    }
  }

  private void tell() {
    microsteps.add(chart.told.of(selection.all(), selection.count(), exits, entry.entered));
  }

  private void exit() {
    for (int i = 0; i < selection.count(); i++) {
      int[] scope = past.scope(selection.enabled(i));
      for (int j = 0; j < scope.length; j += 2) {
        leave(scope[j], scope[j + 1]);
      }
    }
    if (Bits.isEmpty(exits)) {
      return;
    }
    for (Node history : chart.histories) {
      if (history.parent != null && Bits.has(exits, history.parent.number)) {
        past.record(history, now);
      }
    }
    for (int i = Bits.last(exits); i >= 0; i = Bits.previous(exits, i - 1)) {
      Node node = chart.nodes[i];
      run(node, node.exit);
      ledger.leave(node);
      Bits.remove(toInvoke, i);
      Bits.remove(now.active, i);
    }
  }

  private void leave(int from, int to) {
    for (int i = Bits.next(now.active, from); i >= 0 && i < to; i = Bits.next(now.active, i + 1)) {
      Bits.add(exits, i);
    }
  }

  private void content() {
    for (int i = 0; i < selection.count(); i++) {
      Arc arc = selection.enabled(i);
      Object data = before.slots[arc.source.slot];
      if (arc.update != null) {
        now.slots[arc.source.slot] = arc.update.apply(data, event, before);
      }
      for (ArcSpec.Assign assign : arc.assigns) {
        assign(assign, data);
      }
      run(arc.source, arc.actions);
    }
    for (int i = Bits.next(exits, 0); i >= 0; i = Bits.next(exits, i + 1)) {
      if (chart.nodes[i].region) {
        now.slots[chart.nodes[i].slot] = null;
      }
    }
  }

  private void assign(ArcSpec.Assign assign, @Nullable Object data) {
    int slot = Around.slot(chart, now.slots, assign.type());
    if (slot < 0) {
      throw new IllegalStateException(
          "No state or context of type %s is active in machine %s, so nothing can be assigned to it."
              .formatted(assign.type().getSimpleName(), chart.name()));
    }
    now.slots[slot] = assign.function().apply(now.slots[slot], data, event);
  }

  private void enter() {
    entry.makeData(event, before);
    long[] entered = entry.entered;
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      enter(chart.nodes[i]);
    }
    entry.clear();
  }

  private void enter(Node node) {
    Bits.add(now.active, node.number);
    for (TimerSpec timer : node.timers) {
      ledger.start(node, timer, now.slots[node.slot]);
    }
    if (node.invokes.length > 0) {
      Bits.add(toInvoke, node.number);
    }
    run(node, node.entry);
    if (entry.byDefault(node)) {
      run(node, Chart.initial(node).actions);
    }
    Arc history = entry.content(node);
    if (history != null) {
      run(node, history.actions);
    }
    if (node.kind == StateSpec.Kind.FINAL) {
      announce(node);
    }
  }

  /** Tells the end of what a final state is in, and of the parallel state that that completes. */
  private void announce(Node last) {
    if (last.terminal()) {
      running = false;
    }
    Node parent = last.parent;
    if (parent == null || parent.number == 0) {
      return;
    }
    done(parent, last.name);
    Node around = parent.parent;
    if (around != null && around.kind == StateSpec.Kind.PARALLEL && over(around)) {
      done(around, null);
    }
  }

  private void done(Node node, @Nullable String last) {
    Object told = chart.events().done(node.name, last, event, this);
    queue.add(new Queued(chart.rows.done(node, told), told));
  }

  private boolean over(Node node) {
    for (Node child : node.children) {
      boolean is =
          node.kind == StateSpec.Kind.COMPOUND
              ? child.kind == StateSpec.Kind.FINAL && Bits.has(now.active, child.number)
              : over(child);
      if (is != (node.kind == StateSpec.Kind.PARALLEL)) {
        return is;
      }
    }
    return node.kind == StateSpec.Kind.PARALLEL;
  }

  private void invoke() {
    for (int i = Bits.next(toInvoke, 0); i >= 0; i = Bits.next(toInvoke, i + 1)) {
      Node node = chart.nodes[i];
      for (InvokeSpec invoke : node.invokes) {
        ledger.start(node, invoke, now.slots[node.slot]);
      }
    }
  }

  /** The machine has come to its end: nothing is pending any more. */
  private void finish() {
    for (int i = Bits.last(now.active);
        chart.strict() && i >= 0;
        i = Bits.previous(now.active, i - 1)) {
      run(chart.nodes[i], chart.nodes[i].exit);
    }
    queue.clear();
    ledger.cancelAll();
  }

  private void run(Node node, Action[] actions) {
    for (Action action : actions) {
      try {
        run(node, action);
      } catch (Throwable failure) {
        fail(failure);
      }
    }
  }

  private void run(Node node, Action action) {
    Object data = now.slots[node.slot];
    if (action instanceof Action.Run it) {
      ledger.effects.add(new Effect.Run(node.name, it.name(), data, event, it.body()));
    } else if (action instanceof Action.Raise it) {
      raise(it.event().make(data, event));
    } else if (action instanceof Action.Script it) {
      it.body().run(event, this);
    } else if (action instanceof Action.Send it) {
      send(it.name(), it.delayMillis().millis(data, event), it.event().make(data, event));
    } else if (action instanceof Action.Cancel it) {
      cancel(it.name());
    } else if (action instanceof Action.Emit it) {
      emit(it.name(), it.value().make(data, event));
    }
  }

  @Override
  public void raise(Object raised) {
    queue.add(new Queued(chart.rows.on(Events.kind(chart, raised)), raised));
  }

  @Override
  public void send(String name, long delayMillis, Object sent) {
    Events.kind(chart, sent);
    ledger.send(name, delayMillis, sent);
  }

  @Override
  public void cancel(String name) {
    ledger.cancelSent(name);
  }

  @Override
  public void emit(String name, Object value) {
    ledger.effects.add(new Effect.Emit(name, value));
  }

  @Override
  public void assign(Class<?> type, @Nullable Object value) {
    int slot = chart.contextSlot(type);
    if (slot < 0) {
      throw new IllegalArgumentException(
          "The machine %s has no context of type %s.".formatted(chart.name(), type.getName()));
    }
    now.slots[slot] = value;
  }

  @Override
  public void end() {
    running = false;
    ended = true;
  }

  @Override
  public <D> @Nullable D find(Class<D> type) {
    return now.find(type);
  }

  @Override
  public boolean isIn(Class<?> type) {
    return now.isIn(type);
  }

  @Override
  public boolean isIn(String name) {
    return now.isIn(name);
  }

  /** Returns what the microsteps amount to; they are not empty. */
  Outcome outcome() {
    if (microsteps.size() == 1) {
      return microsteps.get(0).outcome;
    }
    if (!moved) {
      return Outcomes.UPDATED;
    }
    List<String> exited = new ArrayList<>();
    List<String> entered = new ArrayList<>();
    for (Told told : microsteps) {
      exited.addAll(told.microstep.exited());
      entered.addAll(told.microstep.entered());
    }
    return new Outcome.Transitioned(exited, entered);
  }
}
