package io.stateward.statemachine.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes positions of working arrays: copies what must last, and leaves out what is not there. */
final class Positions {

  private Positions() {}

  /** Makes the position that a macrostep has come to. */
  static <S> Position<S> of(Chart chart, Around now, Past past, Ledger ledger, boolean ended) {
    Extras pending = Extras.NONE;
    Instant time = chart.usesTime() ? ledger.now() : null;
    if (ended || time != null || ledger.any()) {
      pending =
          new Extras(
              null,
              null,
              null,
              List.copyOf(ledger.timers),
              List.copyOf(ledger.invocations),
              List.copyOf(ledger.deferred),
              ledger.next,
              time,
              ended);
    }
    return of(chart, now.active, now.slots, past.remembered, pending);
  }

  /** Makes a position; the first three parts of what is pending are not read. */
  static <S> Position<S> of(
      Chart chart,
      long[] active,
      @Nullable Object[] slots,
      @Nullable Remembered[] history,
      Extras pending) {
    int leaf = only(chart, active);
    long[] several = leaf < 0 && !Bits.isEmpty(active) ? active.clone() : null;
    @Nullable Object[] others = slots(slots);
    @Nullable Remembered[] past = history(history);
    Extras extras = pending.any() ? pending : null;
    if (several != null || others != null || past != null) {
      extras =
          new Extras(
              several,
              others,
              past,
              pending.timers(),
              pending.invocations(),
              pending.deferred(),
              pending.next(),
              pending.time(),
              pending.ended());
    }
    return new Position<>(chart, leaf, slots[0], extras);
  }

  /** Returns the one active leaf, or -1. */
  private static int only(Chart chart, long[] active) {
    int found = -1;
    long[] leaves = chart.features.leaves;
    for (int i = 0; i < active.length; i++) {
      long word = active[i] & leaves[i];
      if (word != 0) {
        if (found >= 0 || (word & (word - 1)) != 0) {
          return -1;
        }
        found = (i << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return found;
  }

  private static @Nullable Object @Nullable [] slots(@Nullable Object[] slots) {
    for (int i = 1; i < slots.length; i++) {
      if (slots[i] != null) {
        return Arrays.copyOfRange(slots, 1, slots.length);
      }
    }
    return null;
  }

  private static @Nullable Remembered @Nullable [] history(@Nullable Remembered[] history) {
    for (Remembered each : history) {
      if (each != null) {
        return history.clone();
      }
    }
    return null;
  }
}
