package io.stateward.statemachine.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes positions of working arrays: copies what must last, and leaves out what is not there. */
final class Positions {

  private Positions() {}

  /** Makes a position; of the rest the first three parts are not read. */
  static <S> Position<S> of(
      Chart chart,
      long[] active,
      @Nullable Object[] slots,
      @Nullable Remembered[] history,
      Extras rest) {
    int leaf = only(chart, active);
    Extras extras =
        new Extras(
            leaf < 0 && !Bits.isEmpty(active) ? active.clone() : null,
            slots(slots),
            history(history),
            rest.timers(),
            rest.invocations(),
            rest.deferred(),
            rest.next(),
            rest.time(),
            rest.ended());
    return new Position<>(chart, leaf, slots[0], extras.any() ? extras : null);
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
