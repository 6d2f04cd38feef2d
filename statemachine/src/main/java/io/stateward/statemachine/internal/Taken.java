package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import java.util.List;

/**
 * A step, put together.
 *
 * @param <S> the type of the state
 */
record Taken<S>(
    Snapshot<S> snapshot,
    Outcome outcome,
    List<Effect> effects,
    Trace trace,
    List<Step.Recalled> recalled)
    implements Step<S> {

  /** A step that leads nowhere. */
  static <S> Taken<S> none(Snapshot<S> snapshot, Outcome outcome) {
    return new Taken<>(snapshot, outcome, List.of(), Trace.none(), List.of());
  }
}
