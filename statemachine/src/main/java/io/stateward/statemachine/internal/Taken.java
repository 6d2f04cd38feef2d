package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  @Override
  public boolean equals(@Nullable Object other) {
    return alike(this, other);
  }

  @Override
  public int hashCode() {
    return hash(this);
  }

  @Override
  public String toString() {
    return text(this);
  }

  /** Tells whether two steps say the same, in whichever way they came about. */
  static boolean alike(Step<?> one, @Nullable Object other) {
    return one == other
        || (other instanceof Step<?> it
            && one.snapshot().equals(it.snapshot())
            && one.outcome().equals(it.outcome())
            && one.effects().equals(it.effects())
            && one.trace().equals(it.trace())
            && one.recalled().equals(it.recalled()));
  }

  static int hash(Step<?> step) {
    return 31 * step.snapshot().hashCode() + step.outcome().hashCode();
  }

  static String text(Step<?> step) {
    return "Step[%s, %s, effects %s]".formatted(step.outcome(), step.snapshot(), step.effects());
  }
}
