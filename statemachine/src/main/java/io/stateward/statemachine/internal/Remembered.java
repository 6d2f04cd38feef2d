package io.stateward.statemachine.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a history remembers: the states that were active, and the data of those that hold some.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 */
final class Remembered {

  /**
   * Numbers, ascending: of children for a shallow history, of leaves and parallels for a deep one.
   */
  final int[] states;

  /** For each of them its data, or null. */
  final @Nullable Object[] data;

  Remembered(int[] states, @Nullable Object[] data) {
    this.states = states;
    this.data = data;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Remembered it
        && Arrays.equals(states, it.states)
        && Arrays.equals(data, it.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(states) + Arrays.hashCode(data);
  }
}
