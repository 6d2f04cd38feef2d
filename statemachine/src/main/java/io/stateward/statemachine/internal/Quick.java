package io.stateward.statemachine.internal;

import io.stateward.statemachine.Step;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps of direct moves, which need no workspace: what they lead to is copied from what was worked
 * out when the moves were made.
 */
final class Quick {

  private Quick() {}

  /** Begins a machine whose beginning is direct. */
  static <S> Step<S> begin(Position<S> nowhere, Move start, @Nullable Object input, Instant now) {
    Chart chart = nowhere.chart;
    Object data = start.next(input, null, nowhere);
    Extras extras = chart.usesTime() ? Extras.NONE.with(null, null, now) : null;
    return new Direct<>(new Position<>(chart, start.to, data, extras), nowhere, start.plan, null);
  }

  /** Takes a direct move where one leaf is active, whose data is in the first slot. */
  static <S> Step<S> take(Position<S> at, Move move, Object event, @Nullable Instant now) {
    Object data = move.next(at.data, event, at);
    Extras extras = timed(at, now);
    boolean same = move.to == at.leaf && data == at.data && extras == at.extras;
    Position<S> after = same ? at : new Position<>(at.chart, move.to, data, extras);
    return new Direct<>(after, at, move.plan, event);
  }

  /**
   * Takes the direct moves of several leaves, of a chart with no more states than a word has bits.
   */
  static <S> Step<S> take(
      Position<S> at, Extras extras, Joint joint, Object event, @Nullable Instant now) {
    @Nullable Object[] slots = slots(at, extras);
    boolean same = joint.plan.outcome == Outcomes.UPDATED;
    for (Move move : joint.moves) {
      Object before = at.data(move.slot);
      Object next = move.next(before, event, at);
      same &= next == before;
      slots[move.slot - 1] = next;
    }
    Instant time = time(at.chart, extras, now);
    Position<S> after = at;
    if (!same || !Objects.equals(time, extras.time())) {
      long[] active = {(extras.active(0) & ~joint.exits) | joint.entries};
      after = new Position<>(at.chart, -1, at.data, extras.with(active, some(slots), time));
    }
    return new Direct<>(after, at, joint.plan, event);
  }

  /** Returns the slots, or null if there is nothing in them. */
  private static @Nullable Object @Nullable [] some(@Nullable Object[] slots) {
    for (Object each : slots) {
      if (each != null) {
        return slots;
      }
    }
    return null;
  }

  private static @Nullable Object[] slots(Position<?> at, Extras extras) {
    @Nullable Object @Nullable [] slots = extras.slots();
    return slots == null ? new Object[at.chart.slots() - 1] : slots.clone();
  }

  private static @Nullable Extras timed(Position<?> at, @Nullable Instant now) {
    Extras extras = at.extras;
    if (now == null || !at.chart.usesTime()) {
      return extras;
    }
    Extras more = at.more();
    return now.equals(more.time()) ? extras : more.with(more.active(), more.slots(), now);
  }

  private static @Nullable Instant time(Chart chart, Extras extras, @Nullable Instant now) {
    return now == null || !chart.usesTime() ? extras.time() : now;
  }
}
