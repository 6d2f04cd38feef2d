package io.stateward.statemachine.internal;

import io.stateward.signal.Probe;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import io.stateward.statemachine.Unhandled;
import io.stateward.statemachine.UnhandledEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A macrostep from a position to a step, all or nothing, and those of deferred events that it sets
 * free: these are transactions of their own.
 *
 * @param <S> the type of the state
 */
final class Transaction<S> {

  private final Chart chart;
  private final Position<S> at;
  private final @Nullable Instant time;

  Transaction(Chart chart, Position<S> at, @Nullable Instant time) {
    this.chart = chart;
    this.at = at;
    this.time = time;
  }

  /** Enters the initial states. */
  Step<S> begin(@Nullable Object input) {
    return within(
        macrostep -> {
          macrostep.load(at, time);
          macrostep.begin(input);
          return step(macrostep, macrostep.outcome());
        });
  }

  /** Takes a transition that is known to be enabled. */
  Step<S> take(Arc arc, @Nullable Object event) {
    return within(
        macrostep -> {
          macrostep.load(at, time);
          return step(macrostep, macrostep.take(arc, event));
        });
  }

  /** Lets an event wait. */
  Step<S> defer(Object event) {
    return within(
        macrostep -> {
          macrostep.load(at, time);
          macrostep.ledger().deferred.add(event);
          return step(macrostep, Outcomes.DEFERRED);
        });
  }

  /** Takes what an occurrence enables; what was pending is settled, also if that fails. */
  Step<S> take(Occurrence occurrence) {
    return within(
        macrostep -> {
          try {
            return take(macrostep, occurrence);
          } catch (Throwable failure) {
            return failed(macrostep, occurrence, new Outcome.Failed(failure));
          }
        });
  }

  private Step<S> take(Macrostep macrostep, Occurrence occurrence) {
    macrostep.load(at, time);
    boolean settled = settle(macrostep.ledger(), occurrence);
    Outcome outcome = macrostep.take(occurrence.row(), occurrence.value());
    if (outcome == Outcomes.UNKNOWN && occurrence.event() != null) {
      outcome = unhandled(chart, at, occurrence.event());
    }
    if (outcome instanceof Outcome.Failed) {
      return failed(macrostep, occurrence, outcome);
    }
    boolean changed = settled || outcome == Outcomes.DEFERRED || macrostep.tookAny();
    return changed ? step(macrostep, outcome) : Taken.none(at, outcome);
  }

  /** What came will not come again, so that it is no longer pending; all else is as it was. */
  private Step<S> failed(Macrostep macrostep, Occurrence occurrence, Outcome outcome) {
    macrostep.load(at, time);
    return settle(macrostep.ledger(), occurrence)
        ? Taken.none(macrostep.position(), outcome)
        : Taken.none(at, outcome);
  }

  private static boolean settle(Ledger ledger, Occurrence occurrence) {
    return (occurrence.timer() != null && ledger.settle(occurrence.timer()))
        || (occurrence.invocation() != null && ledger.settle(occurrence.invocation()));
  }

  /** Returns what becomes of an event that no active state answers to. */
  static Outcome unhandled(Chart chart, Position<?> at, String event) {
    if (chart.unhandled() == Unhandled.FAIL) {
      return new Outcome.Failed(new UnhandledEventException(chart.name(), event, at.leaves()));
    }
    if (chart.unhandled() == Unhandled.REPORT) {
      Probe.report(
          "machine " + chart.name(),
          "no transition for %s in %s; it was dropped".formatted(event, at.leaves()),
          null);
    }
    return Outcomes.UNKNOWN;
  }

  private Step<S> within(Body<S> body) {
    Macrostep macrostep = chart.spare.getAndSet(null);
    if (macrostep == null) {
      macrostep = new Macrostep(chart);
    }
    try {
      return body.run(macrostep);
    } catch (Throwable failure) {
      return Taken.none(at, new Outcome.Failed(failure));
    } finally {
      macrostep.clear();
      chart.spare.set(macrostep);
    }
  }

  private Step<S> step(Macrostep macrostep, Outcome outcome) {
    Position<S> position = macrostep.position();
    Trace trace = macrostep.trace();
    if (macrostep.moved() && !position.deferred().isEmpty()) {
      return new Recall(macrostep, position, outcome, trace).step();
    }
    return new Taken<>(
        position, outcome, List.copyOf(macrostep.ledger().effects), trace, List.of());
  }

  /** What is done with a macrostep. */
  private interface Body<S> {
    Step<S> run(Macrostep macrostep);
  }

  /** Tries deferred events again, in the order of their coming, as long as some are set free. */
  private final class Recall {

    private final Macrostep macrostep;
    private final Outcome outcome;
    private final List<Trace.Microstep> microsteps;
    private final List<Step.Recalled> recalled = new ArrayList<>();
    private Position<S> position;

    Recall(Macrostep macrostep, Position<S> position, Outcome outcome, Trace trace) {
      this.macrostep = macrostep;
      this.position = position;
      this.outcome = outcome;
      this.microsteps = new ArrayList<>(trace.microsteps());
    }

    Step<S> step() {
      int index = 0;
      // What raises what is deferred again could go on for ever; what is left then goes on waiting.
      while (index < position.deferred().size() && recalled.size() < chart.budget()) {
        Object event = position.deferred().get(index);
        Outcome became = attempt(index, event);
        if (became == Outcomes.DEFERRED) {
          index++;
        } else {
          recalled.add(new Step.Recalled(event, became));
          index = became instanceof Outcome.Transitioned ? 0 : index;
        }
      }
      return new Taken<>(
          position,
          outcome,
          List.copyOf(macrostep.ledger().effects),
          new Trace(microsteps),
          List.copyOf(recalled));
    }

    private Outcome attempt(int index, Object event) {
      List<Effect> effects = macrostep.ledger().effects;
      List<Effect> until = List.copyOf(effects);
      try {
        load(index);
        Outcome became = macrostep.take(chart.rows.on(Events.kind(chart, event)), event);
        if (became == Outcomes.UNKNOWN) {
          String name = chart.events().name(Events.kind(chart, event));
          became = unhandled(chart, position, name);
        }
        if (became != Outcomes.DEFERRED) {
          microsteps.addAll(macrostep.trace().microsteps());
          position = macrostep.position();
        }
        return became;
      } catch (Throwable failure) {
        effects.clear();
        effects.addAll(until);
        load(index);
        position = macrostep.position();
        return new Outcome.Failed(failure);
      }
    }

    private void load(int index) {
      macrostep.load(position, time == null ? position.time() : time);
      macrostep.ledger().deferred.remove(index);
    }
  }
}
