package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a direct step tells and does, but for the data.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Plan {

  private static final Deed[] NO_DEEDS = {};

  final Deed[] deeds;

  final Outcome outcome;
  final Trace trace;

  Plan(List<Deed> deeds, Outcome outcome, Trace.Microstep microstep) {
    this.deeds = deeds.isEmpty() ? NO_DEEDS : deeds.toArray(Deed[]::new);
    this.outcome = outcome;
    this.trace = new Trace(List.of(microstep));
  }

  /** Returns what is to be done, given where a step led from and to. */
  List<Effect> effects(Position<?> before, Position<?> after, @Nullable Object event) {
    if (deeds.length == 0) {
      return List.of();
    }
    Effect[] effects = new Effect[deeds.length];
    for (int i = 0; i < effects.length; i++) {
      Deed deed = deeds[i];
      effects[i] = deed.effect((deed.before() ? before : after).data(deed.slot()), event);
    }
    return List.of(effects);
  }
}
