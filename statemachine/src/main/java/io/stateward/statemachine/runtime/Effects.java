package io.stateward.statemachine.runtime;

import io.stateward.signal.Probe;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Notice;
import io.stateward.statemachine.internal.Plain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does what a macrostep asks for, once it is committed. */
final class Effects {

  private Effects() {}

  /** Does it, in order; returns whether timers began or were cancelled. */
  static boolean release(LiveActor<?, ?> actor, List<Effect> effects) {
    boolean timers = false;
    long sequence = -1;
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (effect instanceof Effect.Run run) {
        if (sequence < 0 && isKeyed(run)) {
          sequence = actor.equipment().sequence();
        }
        perform(actor, run, sequence, i);
      } else if (effect instanceof Effect.Emit emit) {
        tell(actor, new Notice.Emitted<>(emit.name(), emit.value()));
      } else if (effect instanceof Effect.StartInvocation start) {
        actor.equipment().works().start(start.invocation());
      } else if (effect instanceof Effect.CancelInvocation cancel) {
        actor.equipment().works().cancel(cancel.invocation());
      } else {
        timers = true;
      }
    }
    return timers;
  }

  private static boolean isKeyed(Effect.Run run) {
    return !(run.body() instanceof Plain.Body);
  }

  /** Does one action; its key is the same whenever this very action is done again. */
  static void perform(LiveActor<?, ?> actor, Effect.Run run, long sequence, int index) {
    try {
      run.perform(isKeyed(run) ? key(actor, run, sequence, index) : "");
    } catch (Throwable t) { // foreign code; the machine has moved
      if (t instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      Probe.report(
          actor.id(),
          "Its action '%s' of state %s failed; the machine has moved all the same."
              .formatted(run.name(), run.state()),
          t);
      tell(actor, new Notice.EffectFailed<>(run, t));
    }
  }

  private static String key(LiveActor<?, ?> actor, Effect.Run run, long sequence, int index) {
    return actor.equipment().keys() + "/" + sequence + "." + index + "/" + run.name();
  }

  private static <S> void tell(LiveActor<S, ?> actor, Notice<?> notice) {
    Equipment<S, ?> equipment = actor.equipped();
    @Nullable Audience<S> audience = equipment == null ? null : equipment.audienceOrNull();
    if (audience != null) {
      audience.tell(cast(notice));
    }
  }

  @SuppressWarnings("unchecked") // neither notice says anything of the state's type
  private static <S> Notice<S> cast(Notice<?> notice) {
    return (Notice<S>) notice;
  }
}
