package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.EffectFailedException;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
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
  private final Chart chart;
  private int leaf;
  private @Nullable Object data;
  private @Nullable Extras extras;
  private boolean busy;
  private long sequence;
  private @Nullable String id;

  ChartInstance(ChartMachine<S, E> machine, @Nullable Object input) {
    this.machine = machine;
    this.chart = machine.chart();
    Step<S> step = machine.begin(input, Instant.EPOCH);
    if (step.outcome() instanceof Outcome.Failed failed) {
      throw Failure.unchecked(failed.cause());
    }
    busy = true;
    try {
      adopt(step);
    } finally {
      busy = false;
    }
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
      Row row = chart.rows.on(Events.kind(chart, event));
      boolean plain = extras == null && leaf >= 0 && !chart.strict() && row.plain(leaf);
      return plain ? oneLeaf(row, event) : general(event);
    } finally {
      busy = false;
    }
  }

  /** As the machine does it, but without a position, as nobody looks around. */
  private Outcome oneLeaf(Row row, E event) {
    Object before = data;
    Object after = null;
    Move taken = null;
    try {
      for (Move move : row.moves(leaf)) {
        if (move.allows(before, event, Around.NOTHING)) {
          taken = move;
          after = move.next(before, event, Around.NOTHING);
          break;
        }
      }
    } catch (Throwable failure) {
      return new Outcome.Failed(failure);
    }
    if (taken != null) {
      return settle(taken, before, after, event);
    }
    Outcome refusal = row.refusal(leaf);
    return refusal == Outcomes.UNKNOWN ? general(event) : refusal;
  }

  private Outcome settle(Move move, @Nullable Object before, @Nullable Object after, E event) {
    leaf = move.to;
    data = after;
    if (move.deeds.length > 0) {
      perform(move.deeds, before, after, event);
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

  private void perform(
      Deed[] deeds, @Nullable Object before, @Nullable Object after, Object event) {
    EffectFailedException failure = null;
    for (Deed deed : deeds) {
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
      if (failure == null) {
        return new EffectFailedException(chart.name(), state, name, thrown);
      }
      failure.addSuppressed(thrown);
      return failure;
    }
  }

  private String key(String name) {
    String prefix = id;
    if (prefix == null) {
      prefix = UUID.randomUUID().toString();
      id = prefix;
    }
    return prefix + "/" + sequence++ + "/" + name;
  }

  @Override
  public String toString() {
    return "Instance[%s]".formatted(snapshot());
  }
}
