package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.EventAction;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.Arrays;
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

  /** Whether each deed is one call away, and those that see what was before come first. */
  final boolean plain;

  /** What the deeds call, if plain; else nothing. */
  final EventAction<@Nullable Object, @Nullable Object>[] actions;

  /** How many of the actions see what was before. */
  final int before;

  final Outcome outcome;
  final Trace trace;

  Plan(List<Deed> deeds, Outcome outcome, Trace.Microstep microstep) {
    this.deeds = deeds.isEmpty() ? NO_DEEDS : deeds.toArray(Deed[]::new);
    this.plain = plain(this.deeds);
    this.actions = actions(plain ? this.deeds : NO_DEEDS);
    this.before = (int) Arrays.stream(this.deeds).filter(Deed::before).count();
    this.outcome = outcome;
    this.trace = new Trace(List.of(microstep));
  }

  private static boolean plain(Deed[] deeds) {
    for (int i = 0; i < deeds.length; i++) {
      boolean late = deeds[i].before() && i > 0 && !deeds[i - 1].before();
      if (late || !(deeds[i].body() instanceof Plain.Body)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // nothing but such actions is put into it
  private static EventAction<@Nullable Object, @Nullable Object>[] actions(Deed[] deeds) {
    EventAction<?, ?>[] actions = new EventAction<?, ?>[deeds.length];
    for (int i = 0; i < actions.length; i++) {
      actions[i] = ((Plain.Body) deeds[i].body()).function();
    }
    return (EventAction<@Nullable Object, @Nullable Object>[]) actions;
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
