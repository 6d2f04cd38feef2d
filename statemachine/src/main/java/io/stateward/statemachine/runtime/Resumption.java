package io.stateward.statemachine.runtime;

import io.stateward.flow.Outcome;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Invocation;
import java.util.List;
import java.util.Map;

/**
 * What an actor had not done yet when it was kept.
 *
 * @param unreleased actions of the step that was kept last, by their places among its effects
 * @param rerun work to begin again
 * @param failed work that has failed, with why
 */
public record Resumption(
    Map<Integer, Effect.Run> unreleased,
    List<Invocation> rerun,
    Map<Invocation, Throwable> failed) {

  /** Does it; the caller has the turn. */
  void apply(LiveActor<?, ?> actor, Turn turn) {
    Equipment<?, ?> kept = actor.equipment();
    long sequence = kept.sequence();
    unreleased.forEach((i, run) -> Effects.perform(actor, run, sequence, i));
    Throwable lost = kept.released();
    if (lost != null || actor.snapshot().isDone()) {
      actor.end(lost, turn);
      return;
    }
    rerun.forEach(kept.works()::start);
    failed.forEach((work, why) -> actor.complete(work, new Outcome.Failed<>(why)));
    wind(actor);
  }

  private static <S> void wind(LiveActor<S, ?> actor) {
    actor.equipment().alarm().set(actor.snapshot());
    actor.equipment().hold();
  }
}
