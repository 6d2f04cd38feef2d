package io.stateward.statemachine.internal;

import io.stateward.signal.StatewardException;
import io.stateward.statemachine.Effect;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What actions do within a macrostep: effects, the internal queue, what is sent and assigned, and
 * the end of states and of the machine.
 */
final class Doing implements StepContext {

  private final Chart chart;
  private final Around now;
  private final Ledger ledger;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private @Nullable Object event;
  private boolean ended;
  private boolean running = true;
  private int turns;
  private @Nullable Guard failing; // the last one that failed

  Doing(Chart chart, Around now, Ledger ledger) {
    this.chart = chart;
    this.now = now;
    this.ledger = ledger;
  }

  /** Begins anew, for a machine that may have been told to end before. */
  void restart(boolean goesOn, boolean wasEnded) {
    queue.clear();
    event = null;
    turns = 0;
    failing = null;
    running = goesOn;
    ended = wasEnded;
  }

  /** What the macrostep is about now: what came from outside, or what was raised last. */
  @Nullable Object event() {
    return event;
  }

  void event(@Nullable Object by) {
    event = by;
  }

  /** Whether the machine goes on. */
  boolean running() {
    return running;
  }

  /** Whether an action has ended the machine, in whatever state. */
  boolean ended() {
    return ended;
  }

  /** Takes the next of the internal queue, or returns null. */
  @Nullable Queued poll() {
    Queued next = queue.poll();
    if (next != null) {
      event = next.event();
      if (++turns > 10L * chart.budget()) {
        throw Budget.flooded(chart, turns, event, failing);
      }
    }
    return next;
  }

  /** The machine has come to its end: nothing is pending any more. */
  void finish() {
    for (int i = Bits.last(now.active);
        chart.strict() && i >= 0;
        i = Bits.previous(now.active, i - 1)) {
      run(chart.nodes[i], chart.nodes[i].exit);
    }
    queue.clear();
    ledger.cancelAll();
  }

  /** Notes a guard that failed, for who must say why there is no rest. */
  void failing(Guard guard) {
    failing = guard;
  }

  /** Turns a failure into an event, where the chart says so; else it ends the macrostep. */
  void fail(Throwable failure) {
    Object error = chart.strict() ? chart.events().failed(failure) : null;
    if (error == null) {
      throw Failure.unchecked(failure);
    }
    raise(error);
  }

  /** Changes data that is found by its type, given that of the source. */
  void assign(ArcSpec.Assign assign, @Nullable Object data) {
    int slot = Around.slot(chart, now.slots, assign.type());
    if (slot < 0) {
      throw new IllegalStateException(
          "No state or context of type %s is active in machine %s, so nothing can be assigned to it."
              .formatted(assign.type().getSimpleName(), chart.name()));
    }
    now.slots[slot] = assign.function().apply(now.slots[slot], data, event);
  }

  /** Tells the end of what a final state is in, and of the parallel state that that completes. */
  void announce(Node last) {
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

  /** Does all of it, each for itself: in strict charts one that fails does not stop the others. */
  void run(Node node, Action[] actions) {
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
      raise(made(node, it, it.event().make(data, event)));
    } else if (action instanceof Action.Script it) {
      it.body().run(event, this);
    } else if (action instanceof Action.Send it) {
      Object sent = made(node, it, it.event().make(data, event));
      send(it.name(), it.delayMillis().millis(data, event), sent);
    } else if (action instanceof Action.Cancel it) {
      cancel(it.name());
    } else if (action instanceof Action.Emit it) {
      emit(it.name(), made(node, it, it.value().make(data, event)));
    }
  }

  private Object made(Node node, Action action, @Nullable Object value) {
    if (value == null) {
      throw new StatewardException(
          "The function of the action %s of state %s in machine %s returned null; let it return what is to be raised, sent or told."
              .formatted(action.name(), node, chart.name()));
    }
    return value;
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
}
