package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.EffectFailedException;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Unhandled;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An instance for one thread: the fields of a position, changed in place where a move is direct.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 */
final class ChartInstance<S, E> implements Instance<S, E> {

  private final ChartMachine<S, E> machine;
  private final Chart chart; // a look less away
  private int leaf;
  private @Nullable Object data;
  private @Nullable Extras extras;
  private @Nullable Keys keys;
  private boolean busy;

  ChartInstance(ChartMachine<S, E> machine, @Nullable Object input) {
    this.machine = machine;
    this.chart = machine.chart();
    Move start = chart.start;
    busy = true;
    try {
      if (start == null || chart.usesTime()) {
        begin(machine.begin(input, Instant.EPOCH));
      } else {
        machine.checkInput(input);
        settle(start, input, start.next(input, null, machine.nowhere()), null);
      }
    } finally {
      busy = false;
    }
  }

  private void begin(Step<S> step) {
    if (step.outcome() instanceof Outcome.Failed failed) {
      throw Failure.unchecked(failed.cause());
    }
    adopt(step);
  }

  ChartInstance(ChartMachine<S, E> machine, Position<S> at) {
    this.machine = machine;
    this.chart = machine.chart();
    stand(at);
  }

  private void stand(Position<S> at) {
    leaf = at.leaf;
    data = at.data;
    extras = at.extras;
  }

  @Override
  @SuppressWarnings("unchecked") // as in Position.state
  public S state() {
    Object key = chart.form() == Form.KEY && leaf >= 0 ? chart.nodes[leaf].key : null;
    if (key != null) {
      return (S) key;
    }
    Object now = data;
    return chart.form() == Form.DATA && now != null ? (S) now : snapshot().state();
  }

  @Override
  public Snapshot<S> snapshot() {
    return new Position<>(chart, leaf, data, extras);
  }

  @Override
  public Outcome fire(E event) {
    if (busy) {
      throw new IllegalStateException(
          "An action or a function of machine %s fires an event at its own instance; raise it, or hand it to an actor."
              .formatted(chart.name()));
    }
    busy = true;
    try {
      int kind = Events.kind(chart, event);
      if (extras != null || leaf < 0) {
        return general(event);
      }
      int cell = kind * chart.width + leaf;
      Move first = cell < chart.first.length ? chart.first[cell] : null;
      return first == null ? anew(kind, event) : oneLeaf(kind, first, event);
    } finally {
      busy = false;
    }
  }

  /** Where it is not known yet which move is the first, or where there is none. */
  private Outcome anew(int kind, E event) {
    Move first = chart.rows.first(kind, leaf);
    if (first != null) {
      return oneLeaf(kind, first, event);
    }
    return !chart.strict() && chart.rows.on(kind).plain(leaf)
        ? refuse(kind, event)
        : general(event);
  }

  /** As the machine does it, but without a position, as nobody looks around. */
  private Outcome oneLeaf(int kind, Move first, E event) {
    Object before = data;
    Object after = null;
    Move taken = first;
    try {
      if (!first.allows(before, event, Around.NOTHING)) {
        taken = other(kind, before, event);
      }
      if (taken != null) {
        after = taken.next(before, event, Around.NOTHING);
      }
    } catch (Throwable failure) {
      return new Outcome.Failed(failure);
    }
    return taken == null ? refuse(kind, event) : settle(taken, before, after, event);
  }

  /** Returns the first move after the first that is allowed, or null. */
  private @Nullable Move other(int kind, @Nullable Object before, E event) {
    Move[] moves = chart.rows.on(kind).moves(leaf);
    for (int i = 1; i < moves.length; i++) {
      if (moves[i].allows(before, event, Around.NOTHING)) {
        return moves[i];
      }
    }
    return null;
  }

  private Outcome refuse(int kind, E event) {
    Outcome refusal = chart.rows.on(kind).refusal(leaf);
    boolean told = refusal == Outcomes.UNKNOWN && chart.unhandled() != Unhandled.IGNORE;
    return told ? general(event) : refusal;
  }

  private Outcome settle(
      Move move, @Nullable Object before, @Nullable Object after, @Nullable Object event) {
    leaf = move.to;
    if (after != data) { // what is stored costs a barrier
      data = after;
    }
    Calls calls = move.calls;
    if (calls == null) {
      perform(move.plan, 0, null, before, after, event);
    } else {
      Calls.Stop stop = calls.run(before, after, event);
      if (stop != null) {
        Deed deed = move.plan.deeds[stop.at()];
        EffectFailedException failure = failed(null, deed.state(), deed.name(), stop.cause());
        perform(move.plan, stop.at() + 1, failure, before, after, event);
      }
    }
    return move.outcome;
  }

  private Outcome general(E event) {
    return adopt(machine.step(snapshot(), event, null));
  }

  private Outcome adopt(Step<S> step) {
    stand((Position<S>) step.snapshot());
    EffectFailedException failure = null;
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Run run) {
        failure = perform(failure, run.state(), run.name(), run.body(), run.data(), run.event());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return step.outcome();
  }

  /** Does the rest, one by one. */
  private void perform(
      Plan plan,
      int from,
      @Nullable EffectFailedException failed,
      @Nullable Object before,
      @Nullable Object after,
      @Nullable Object event) {
    EffectFailedException failure = failed;
    for (int i = from; i < plan.deeds.length; i++) {
      Deed deed = plan.deeds[i];
      Object given = deed.before() ? before : after;
      failure = perform(failure, deed.state(), deed.name(), deed.body(), given, event);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Does one thing; what it throws is kept for when all are done. */
  private @Nullable EffectFailedException perform(
      @Nullable EffectFailedException failure,
      String state,
      String name,
      Effect.Body body,
      @Nullable Object given,
      @Nullable Object event) {
    try {
      body.run(given, event, body instanceof Plain.Body ? "" : key(name));
      return failure;
    } catch (Throwable thrown) {
      return failed(failure, state, name, thrown);
    }
  }

  private EffectFailedException failed(
      @Nullable EffectFailedException failure, String state, String name, Throwable thrown) {
    if (failure == null) {
      return new EffectFailedException(machine.name(), state, name, thrown);
    }
    failure.addSuppressed(thrown);
    return failure;
  }

  private String key(String name) {
    Keys made = keys;
    if (made == null) {
      made = new Keys();
      keys = made;
    }
    return made.next(name);
  }

  /** Keys that are never the same, for actions that ask for one; most instances need none. */
  private static final class Keys {
    private final String prefix = UUID.randomUUID().toString();
    private long number;

    String next(String name) {
      return prefix + "/" + number++ + "/" + name;
    }
  }

  @Override
  public String toString() {
    return "Instance[%s]".formatted(snapshot());
  }
}
