package io.stateward.statemachine.internal;

import io.stateward.statemachine.EventAction;
import io.stateward.statemachine.StateAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions of a direct move, where each is one call away from here: exits, content, entries.
 *
 * <p>They are kept apart as each kind is called at a place of its own, which knows better what is
 * called there than one place for all would. They are chains as these are short: no count and no
 * bounds stand between one call and the next.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Calls {

  private final @Nullable OfState exits;
  private final @Nullable OfEvent content;
  private final @Nullable OfState entries;
  private final boolean contentBefore;

  private Calls(Deeds deeds, boolean contentBefore) {
    int content = deeds.exit.size();
    this.exits = ofStates(deeds.exit, 0);
    this.content = ofEvents(deeds.content, content);
    this.entries = ofStates(deeds.entry, content + deeds.content.size());
    this.contentBefore = contentBefore;
  }

  /** Returns the calls that the deeds amount to, or null if they need more than a call. */
  static @Nullable Calls of(Deeds deeds) {
    boolean contentBefore = deeds.content.stream().anyMatch(Deed::before);
    boolean plain =
        deeds.exit.stream().allMatch(deed -> deed.before() && isOfState(deed))
            && deeds.entry.stream().allMatch(deed -> !deed.before() && isOfState(deed))
            && deeds.content.stream()
                .allMatch(
                    deed -> deed.before() == contentBefore && deed.body() instanceof Plain.Body);
    return plain ? new Calls(deeds, contentBefore) : null;
  }

  private static boolean isOfState(Deed deed) {
    return deed.body() instanceof Plain.Body plain && plain.function() instanceof Plain.OfState;
  }

  private static @Nullable OfState ofStates(List<Deed> deeds, int from) {
    OfState next = null;
    for (int i = deeds.size() - 1; i >= 0; i--) {
      Plain.Body body = (Plain.Body) deeds.get(i).body();
      next = new OfState(from + i, ((Plain.OfState) body.function()).action(), next);
    }
    return next;
  }

  private static @Nullable OfEvent ofEvents(List<Deed> deeds, int from) {
    OfEvent next = null;
    for (int i = deeds.size() - 1; i >= 0; i--) {
      next = new OfEvent(from + i, ((Plain.Body) deeds.get(i).body()).function(), next);
    }
    return next;
  }

  /** Does all, until one fails; returns null if none did. */
  @SuppressWarnings("NullAway") // data may be null, which it does not see of type arguments
  @Nullable Stop run(@Nullable Object before, @Nullable Object after, @Nullable Object event) {
    OfState exit = exits;
    OfEvent action = content;
    OfState entry = entries;
    try {
      for (; exit != null; exit = exit.next) {
        exit.action.run(before);
      }
      for (; action != null; action = action.next) {
        action.action.run(contentBefore ? before : after, event);
      }
      for (; entry != null; entry = entry.next) {
        entry.action.run(after);
      }
      return null;
    } catch (Throwable thrown) {
      int at = exit != null ? exit.number : action != null ? action.number : entry.number;
      return new Stop(at, thrown);
    }
  }

  /** An action of a state, and what is called after it. */
  private record OfState(
      int number, StateAction<@Nullable Object> action, @Nullable OfState next) {}

  /** An action of a transition, and what is called after it. */
  private record OfEvent(
      int number, EventAction<@Nullable Object, @Nullable Object> action, @Nullable OfEvent next) {}

  /**
   * Where it stopped.
   *
   * @param at how many were done
   * @param cause what the next one threw
   */
  record Stop(int at, Throwable cause) {}
}
