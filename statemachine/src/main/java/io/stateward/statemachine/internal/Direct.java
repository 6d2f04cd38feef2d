package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A direct step: where it led from and to, and the plan that it followed. Its effects are made when
 * they are asked for, each time alike.
 *
 * @param <S> the type of the state
 */
final class Direct<S> implements Step<S> {

  private final Position<S> after;
  private final Position<S> before;
  private final Plan plan;
  private final @Nullable Object event;

  Direct(Position<S> after, Position<S> before, Plan plan, @Nullable Object event) {
    this.after = after;
    this.before = before;
    this.plan = plan;
    this.event = event;
  }

  @Override
  public Snapshot<S> snapshot() {
    return after;
  }

  @Override
  public Outcome outcome() {
    return plan.outcome;
  }

  @Override
  public List<Effect> effects() {
    return plan.effects(before, after, event);
  }

  @Override
  public Trace trace() {
    return plan.trace;
  }

  @Override
  public List<Recalled> recalled() {
    return List.of();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return Taken.alike(this, other);
  }

  @Override
  public int hashCode() {
    return Taken.hash(this);
  }

  @Override
  public String toString() {
    return Taken.text(this);
  }
}
