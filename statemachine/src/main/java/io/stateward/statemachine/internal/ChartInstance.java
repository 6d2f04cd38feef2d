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
  private int leaf;
  private @Nullable Object data;
  private @Nullable Extras extras;
  private @Nullable Keys keys;
  private boolean busy;

  ChartInstance(ChartMachine<S, E> machine, @Nullable Object input) {
    this.machine = machine;
    Move start = machine.chart().start;
    busy = true;
    try {
      if (start == null || machine.chart().usesTime()) {
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
    Chart chart = machine.chart();
    Object key = chart.form() == Form.KEY && leaf >= 0 ? chart.nodes[leaf].key : null;
    if (key != null) {
      return (S) key;
    }
    Object now = data;
    return chart.form() == Form.DATA && now != null ? (S) now : snapshot().state();
  }

  @Override
  public Snapshot<S> snapshot() {
    return new Position<>(machine.chart(), leaf, data, extras);
  }

  @Override
  public Outcome fire(E event) {
    Chart chart = machine.chart();
    if (busy) {
      throw new IllegalStateException(
          "An action or a function of machine %s fires an event at its own instance; raise it, or hand it to an actor."
              .formatted(chart.name()));
    }
    busy = true;
    try {
      Row row = chart.rows.on(Events.kind(chart, event));
      if (extras == null && leaf >= 0 && !chart.strict()) {
        Cell cell = row.cell(leaf);
        return cell.plain ? oneLeaf(cell, event) : general(event);
      }
      return general(event);
    } finally {
      busy = false;
    }
  }

  /** As the machine does it, but without a position, as nobody looks around. */
  private Outcome oneLeaf(Cell cell, E event) {
    Object before = data;
    Object after = null;
    Move taken = null;
    try {
      for (Move move : cell.moves) {
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
    Outcome refusal = cell.refusal;
    boolean told = refusal == Outcomes.UNKNOWN && machine.chart().unhandled() != Unhandled.IGNORE;
    return told ? general(event) : refusal;
  }

  private Outcome settle(
      Move move, @Nullable Object before, @Nullable Object after, @Nullable Object event) {
    leaf = move.to;
    data = after;
    Plan plan = move.plan;
    if (plan.deeds.length > 0) {
      perform(plan.deeds, before, after, event);
    }
    return plan.outcome;
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
      Deed[] deeds, @Nullable Object before, @Nullable Object after, @Nullable Object event) {
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
        return new EffectFailedException(machine.name(), state, name, thrown);
      }
      failure.addSuppressed(thrown);
      return failure;
    }
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
