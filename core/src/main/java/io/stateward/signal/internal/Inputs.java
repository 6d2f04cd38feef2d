package io.stateward.signal.internal;

import org.jspecify.annotations.Nullable;

/**
 * What the inputs of one evaluation are, and their values: at first what a memo says, which is
 * copied all at once when the first input differs, since most stay as they are.
 *
 * <p>Confined to the evaluation. The arrays are not changed any more once it is over.
 */
final class Inputs {

  private Cell<?>[] cells;
  private @Nullable Object @Nullable [] values; // null if they are not all known
  private boolean changed;

  Inputs(int count) {
    cells = new Cell<?>[count];
  }

  Inputs(Memo<?> known) {
    cells = known.ins;
    values = known.values;
  }

  void set(int index, Cell<?> cell) {
    if (cell == cells[index]) {
      return;
    }
    if (!changed) {
      changed = true;
      cells = cells.clone();
      values = values == null ? null : values.clone();
    }
    cells[index] = cell;
    if (cell.failed()) {
      values = null;
    } else if (values != null) {
      values[index] = cell.value();
    }
  }

  /** Returns the failure of the first input that has failed; if there is none, all have values. */
  Cell.@Nullable Failure failure() {
    if (values != null) {
      return null;
    }
    @Nullable Object[] all = new Object[cells.length];
    for (int i = 0; i < all.length; i++) {
      Cell.Failure failure = cells[i].failure();
      if (failure != null) {
        return failure;
      }
      all[i] = cells[i].value();
    }
    values = all;
    return null;
  }

  boolean changed() {
    return changed;
  }

  Cell<?>[] cells() {
    return cells;
  }

  /** Returns the values in the order of the inputs, once {@link #failure} has found none. */
  @Nullable Object @Nullable [] values() {
    return values;
  }
}
