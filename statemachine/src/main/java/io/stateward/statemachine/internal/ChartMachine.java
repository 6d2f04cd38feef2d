package io.stateward.statemachine.internal;

import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.analysis.Analysis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a compiled chart.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 */
public final class ChartMachine<S, E> implements Machine<S, E> {

  private final Chart chart;
  private final Position<S> nowhere;

  /**
   * A machine.
   *
   * @param chart what it does
   */
  public ChartMachine(Chart chart) {
    this.chart = chart;
    this.nowhere = new Position<>(chart, -1, null, null);
  }

  /**
   * Makes a machine of a definition, once its analysis finds no error.
   *
   * @throws io.stateward.statemachine.MachineDefinitionException if it cannot be run
   */
  public static <S, E> ChartMachine<S, E> build(ChartSpec spec) {
    ChartMachine<S, E> machine = new ChartMachine<>(Compiler.compile(spec));
    Analysis.requireNoErrors(machine);
    return machine;
  }

  /** Returns what it does. */
  public Chart chart() {
    return chart;
  }

  @Override
  public String name() {
    return chart.name();
  }

  @Override
  public int version() {
    return chart.version();
  }

  @Override
  public String structure() {
    return chart.structure();
  }

  @Override
  public Step<S> begin(@Nullable Object input, Instant now) {
    checkInput(input);
    Move start = chart.start;
    if (start == null) {
      return new Transaction<>(chart, nowhere, now).begin(input);
    }
    try {
      return Quick.begin(nowhere, start, input, now);
    } catch (Throwable failure) {
      return Taken.none(nowhere, new Outcome.Failed(failure));
    }
  }

  /** Returns the position of a machine that is in no state yet, for who looks around in it. */
  Position<S> nowhere() {
    return nowhere;
  }

  /** Checks the parameter of a machine. */
  void checkInput(@Nullable Object input) {
    Class<?> wanted = chart.input();
    if (wanted == null ? input != null : !wanted.isInstance(input)) {
      throw new IllegalArgumentException(
          "The machine %s takes %s as its parameter, but was given %s%s."
              .formatted(
                  chart.name(),
                  wanted == null ? "nothing" : "a " + wanted.getName(),
                  input,
                  input == null ? "" : ", a " + input.getClass().getName()));
    }
  }

  @Override
  public Step<S> step(Snapshot<S> snapshot, E event, @Nullable Instant now) {
    Position<S> at = own(snapshot);
    int kind = Events.kind(chart, event);
    Row row = chart.rows.on(kind);
    if (at.leaf >= 0 && !chart.strict()) {
      return oneLeaf(at, kind, row, event, now);
    }
    Extras extras = at.more();
    boolean quick =
        row.separate
            && chart.features.small
            && extras.active() != null
            && extras.deferred().isEmpty()
            && !extras.ended();
    return quick
        ? severalLeaves(at, extras, kind, row, event, now)
        : general(at, kind, row, event, now);
  }

  /** Where one leaf is active, the first move that is allowed is the only one. */
  private Step<S> oneLeaf(Position<S> at, int kind, Row row, Object event, @Nullable Instant now) {
    if (at.isDone()) {
      return Taken.none(at, unhandled(at, kind));
    }
    Move taken;
    try {
      taken = first(at, row.moves(at.leaf), event);
      if (taken != null && taken.direct && taken.slot == 0 && at.deferred().isEmpty()) {
        return Quick.take(at, taken, event, now);
      }
    } catch (Throwable failure) {
      return Taken.none(at, new Outcome.Failed(failure));
    }
    return taken == null ? refused(at, kind, row.refusal(at.leaf)) : take(at, taken, event, now);
  }

  private static @Nullable Move first(Position<?> at, Move[] moves, Object event) {
    for (Move move : moves) {
      if (move.allows(at.data(move.slot), event, at)) {
        return move;
      }
    }
    return null;
  }

  private Step<S> refused(Position<S> at, int kind, Outcome refusal) {
    return Taken.none(at, refusal == Outcomes.UNKNOWN ? unhandled(at, kind) : refusal);
  }

  /** Takes a move that is allowed, and the only one, the general way. */
  Step<S> take(Position<S> at, Move move, Object event, @Nullable Instant now) {
    return switch (move.arc.reaction) {
      case ACT -> new Transaction<>(chart, at, now).take(move.arc, event);
      case DEFER -> new Transaction<>(chart, at, now).defer(event);
      case IGNORE -> Taken.none(at, Outcomes.IGNORED);
    };
  }

  /**
   * Where the moves of several leaves are direct, they are found and joined without a workspace.
   */
  private Step<S> severalLeaves(
      Position<S> at, Extras extras, int kind, Row row, Object event, @Nullable Instant now) {
    long leaves = extras.active(0) & chart.features.leaves[0];
    Move[] taken = new Move[Long.bitCount(leaves)];
    int count = 0;
    try {
      for (long rest = leaves; rest != 0; rest &= rest - 1) {
        Move move = first(at, row.moves(Long.numberOfTrailingZeros(rest)), event);
        if (move != null) {
          taken[count++] = move;
        }
      }
      if (count > 0) {
        return Quick.take(at, extras, row.joints.of(taken, count), event, now);
      }
    } catch (Throwable failure) {
      return Taken.none(at, new Outcome.Failed(failure));
    }
    return refused(at, kind, row.refusal(leaves));
  }

  private Step<S> general(Position<S> at, int kind, Row row, Object event, @Nullable Instant now) {
    if (at.isDone() || at == nowhere) {
      return Taken.none(at, unhandled(at, kind));
    }
    String name = chart.events().name(kind);
    return new Transaction<>(chart, at, now).take(new Occurrence(row, event, name, null, null));
  }

  private Outcome unhandled(Position<S> at, int kind) {
    return Transaction.unhandled(chart, at, chart.events().name(kind));
  }

  @Override
  public Step<S> fire(Snapshot<S> snapshot, PendingTimer timer, @Nullable Instant now) {
    Position<S> at = own(snapshot);
    if (!at.timers().contains(timer)) {
      return Taken.none(at, Outcomes.UNKNOWN);
    }
    Object event = timer.event();
    Instant time = now == null ? timer.deadline() : now;
    if (event != null) {
      int kind = Events.kind(chart, event);
      String name = chart.events().name(kind);
      Occurrence sent = new Occurrence(chart.rows.on(kind), event, name, timer, null);
      return new Transaction<>(chart, at, time).take(sent);
    }
    Trigger trigger = new Trigger.After(chart.timer(timer.state(), timer.name()));
    Occurrence due = new Occurrence(chart.rows.of(trigger), null, null, timer, null);
    return new Transaction<>(chart, at, time).take(due);
  }

  @Override
  public Step<S> complete(
      Snapshot<S> snapshot,
      Invocation invocation,
      io.stateward.flow.Outcome<?> ending,
      @Nullable Instant now) {
    Position<S> at = own(snapshot);
    if (!at.invocations().contains(invocation)) {
      return Taken.none(at, Outcomes.UNKNOWN);
    }
    return new Ended<>(chart, at, invocation, now).step(ending);
  }

  @Override
  public Snapshot<S> at(S state, Object... data) {
    return new Arrival(chart).at(state, data);
  }

  @Override
  public Instance<S, E> instance(@Nullable Object input) {
    checkAlone();
    return new ChartInstance<>(this, input);
  }

  @Override
  public Instance<S, E> resume(Snapshot<S> snapshot) {
    checkAlone();
    return new ChartInstance<>(this, own(snapshot));
  }

  private void checkAlone() {
    if (chart.needsActor()) {
      throw new IllegalStateException(
          "The machine %s has timers, sends events or invokes work, for which an instance has nobody; start an actor."
              .formatted(chart.name()));
    }
  }

  private Position<S> own(Snapshot<S> snapshot) {
    if (snapshot instanceof Position<S> position && position.chart == chart) {
      return position;
    }
    String other =
        snapshot instanceof Position<S> position
            ? "of machine " + position.chart.name()
            : "a " + snapshot.getClass().getName();
    throw new IllegalArgumentException(
        "The snapshot is %s and not of machine %s.".formatted(other, chart.name()));
  }
}
