package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One macrostep under way, as the W3C's algorithm has it: a transaction on copies, of which a
 * position is made at the end, or nothing. It is used again and again.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Macrostep {

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
  private final Doing doing;
  private final List<Told> microsteps = new ArrayList<>();
  private final long[] exits;
  private final long[] toInvoke;
  private final Selection.Asking asking = this::allows;
  private boolean moved;

  Macrostep(Chart chart) {
    this.chart = chart;
    this.now = new Around(chart);
    this.before = new Around(chart);
    this.past = new Past(chart);
    this.selection = new Selection(chart, now, past);
    this.entry = new Entry(chart, now, past);
    this.doing = new Doing(chart, now, ledger);
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
  void load(Position<?> at, @Nullable Instant time) {
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
    doing.restart(!at.isDone(), extras.ended());
  }

  private void restart() {
    microsteps.clear();
    entry.clear();
    Bits.clear(exits);
    Bits.clear(toInvoke);
    moved = false;
  }

  /** Lets go of everything, so that nothing is held while it waits for its next use. */
  void clear() {
    now.clear();
    before.clear();
    past.load(null);
    ledger.clear();
    restart();
    doing.restart(true, false);
  }

  <S> Position<S> position() {
    return Positions.of(chart, now, past, ledger, doing.ended());
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
    doing.event(by);
    selection.select(row, by, asking);
    Outcome refusal = selection.count() > 0 ? null : refuse(row, by);
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
    doing.event(by);
    selection.select(arc);
    microstep();
    rest();
    return outcome();
  }

  private Outcome refuse(Row row, @Nullable Object by) {
    if (selection.deferring() && by != null) {
      ledger.deferred.add(by);
      return Outcomes.DEFERRED;
    }
    if (selection.ignoring()) {
      return Outcomes.IGNORED;
    }
    return selection.known() ? new Outcome.Rejected(selection.refusing(row)) : Outcomes.UNKNOWN;
  }

  /** Goes on until nothing is enabled, then begins the work of states that are still active. */
  private void rest() {
    while (doing.running()) {
      selectAlways();
      if (selection.count() == 0 && !selectRaised()) {
        break;
      }
      microstep();
    }
    if (doing.running()) {
      invoke();
    } else {
      doing.finish();
    }
  }

  /** Selects what the internal queue enables; returns false if it is empty and enabled nothing. */
  private boolean selectRaised() {
    for (Queued next = doing.poll(); next != null; next = doing.poll()) {
      selection.select(next.row(), next.event(), asking);
      if (selection.deferring() && selection.count() == 0 && next.event() != null) {
        ledger.deferred.add(next.event());
      }
      if (selection.count() == 0 && chart.strict()) {
        selectAlways();
      }
      if (selection.count() > 0) {
        return true;
      }
    }
    return false;
  }

  private void selectAlways() {
    boolean possible = Bits.meet(now.active, chart.features.always);
    selection.select(possible ? chart.rows.always() : Rows.EMPTY, doing.event(), asking);
  }

  private boolean allows(Arc arc, @Nullable Object by) {
    Guard guard = arc.guard;
    if (guard == null) {
      return true;
    }
    try {
      return guard.test().test(now.slots[arc.source.slot], by, now);
    } catch (Throwable failure) {
      doing.failing(guard);
      doing.fail(failure);
      return false;
    }
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
    } else {
      fit();
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
      doing.run(node, node.exit);
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
        now.slots[arc.source.slot] = arc.update.apply(data, doing.event(), before);
      }
      for (ArcSpec.Assign assign : arc.assigns) {
        doing.assign(assign, data);
      }
      doing.run(arc.source, arc.actions);
    }
    for (int i = Bits.next(exits, 0); i >= 0; i = Bits.next(exits, i + 1)) {
      if (chart.nodes[i].region) {
        now.slots[chart.nodes[i].slot] = null;
      }
    }
  }

  private void enter() {
    entry.makeData(doing.event(), before);
    fit();
    long[] entered = entry.entered;
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      enter(chart.nodes[i]);
    }
    entry.clear();
  }

  /** Sees to it that what stays active and what is about to be has data of its type. */
  private void fit() {
    for (int i = 0; chart.form() == Form.DATA && i < now.active.length; i++) {
      for (long rest = now.active[i] | entry.entered[i]; rest != 0; rest &= rest - 1) {
        Node node = chart.nodes[(i << 6) + Long.numberOfTrailingZeros(rest)];
        if (Fit.misfits(node, now.slots[node.slot])) {
          Arc[] by = Arrays.copyOf(selection.all(), selection.count());
          throw Fit.misfit(node, now.slots[node.slot], by);
        }
      }
    }
  }

  private void enter(Node node) {
    Bits.add(now.active, node.number);
    for (TimerSpec timer : node.timers) {
      ledger.start(node, timer, now.slots[node.slot]);
    }
    if (node.invokes.length > 0) {
      Bits.add(toInvoke, node.number);
    }
    doing.run(node, node.entry);
    if (entry.byDefault(node)) {
      doing.run(node, Chart.initial(node).actions);
    }
    Arc history = entry.content(node);
    if (history != null) {
      doing.run(node, history.actions);
    }
    if (node.kind == StateSpec.Kind.FINAL) {
      doing.announce(node);
    }
  }

  private void invoke() {
    for (int i = Bits.next(toInvoke, 0); i >= 0; i = Bits.next(toInvoke, i + 1)) {
      Node node = chart.nodes[i];
      for (InvokeSpec invoke : node.invokes) {
        ledger.start(node, invoke, now.slots[node.slot]);
      }
    }
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
