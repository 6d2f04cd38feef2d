package io.stateward.statemachine.internal;

import io.stateward.flow.Outcome;
import io.stateward.signal.Probe;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Step;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the end of invoked work leads to. A result that cannot be taken is a failure of the work.
 *
 * @param <S> the type of the state
 */
final class Ended<S> {

  private final Chart chart;
  private final Position<S> at;
  private final Invocation invocation;
  private final InvokeSpec invoke;
  private final @Nullable Instant now;

  Ended(Chart chart, Position<S> at, Invocation invocation, @Nullable Instant now) {
    this.chart = chart;
    this.at = at;
    this.invocation = invocation;
    this.invoke = chart.invoke(invocation.state(), invocation.name());
    this.now = now;
  }

  Step<S> step(Outcome<?> ending) {
    if (ending instanceof Outcome.Done<?> done) {
      Step<S> step = take(row(Trigger.Ending.DONE), done.value());
      return step.outcome() instanceof io.stateward.statemachine.Outcome.Failed failed
          ? instead(step, failed.cause())
          : step;
    }
    Throwable cause = cause(ending);
    Step<S> step = take(failed(cause), cause);
    if (step.outcome() == Outcomes.UNKNOWN) {
      Probe.report(
          "machine " + chart.name(),
          "nothing answers to the failure of %s in state %s; it was dropped"
              .formatted(invocation.name(), invocation.state()),
          cause);
    }
    return step;
  }

  /** What answers to failures of the work is tried; if nothing does, the step stays failed. */
  private Step<S> instead(Step<S> step, Throwable cause) {
    Step<S> other = take(row(Trigger.Ending.ERROR), cause);
    return other.outcome().isTaken() ? other : step;
  }

  private Step<S> take(Row row, @Nullable Object value) {
    Occurrence ended = new Occurrence(row, value, null, null, invocation);
    return new Transaction<>(chart, at, now).take(ended);
  }

  private Row row(Trigger.Ending ending) {
    return chart.rows.of(new Trigger.Ended(invoke, ending));
  }

  /** A time-out is a failure like others, unless a transition answers to it by name. */
  private Row failed(Throwable cause) {
    Row late = row(Trigger.Ending.TIMEOUT);
    return cause instanceof TimeoutException && !late.empty ? late : row(Trigger.Ending.ERROR);
  }

  private static Throwable cause(Outcome<?> ending) {
    return ending instanceof Outcome.Failed<?> failed
        ? failed.cause()
        : ((Outcome.Cancelled<?>) ending).cause();
  }
}
