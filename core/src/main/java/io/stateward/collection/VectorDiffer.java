package io.stateward.collection;

import java.util.function.IntConsumer;

/**
 * What two trees have in common at their start and at their end, and where they differ in between.
 */
final class VectorDiffer {

  private VectorDiffer() {}

  /**
   * Returns how many of the first {@code limit} elements are equal before the first that is not.
   */
  static int commonPrefix(VectorNode before, VectorNode after, int limit) {
    var alignment = new VectorAlignment(before, after, 0);
    int index = 0;
    while (index < limit) {
      alignment.goTo(index);
      int end = Math.min(alignment.to(), limit);
      if (!alignment.isShared()) {
        for (; index < end; index++) {
          if (!alignment.equalAt(index)) {
            return index;
          }
        }
      }
      index = end;
    }
    return limit;
  }

  /** Returns how many of the last {@code limit} elements are equal after the last that is not. */
  static int commonSuffix(VectorNode before, VectorNode after, int limit) {
    var alignment = new VectorAlignment(before, after, after.size() - before.size());
    int size = before.size();
    int first = size - limit;
    int index = size; // everything from here on is equal
    while (index > first) {
      alignment.goTo(index - 1);
      int start = Math.max(alignment.from(), first);
      if (!alignment.isShared()) {
        for (; index > start; index--) {
          if (!alignment.equalAt(index - 1)) {
            return size - index;
          }
        }
      }
      index = start;
    }
    return limit;
  }

  /** Reports each index at which two trees of one size differ, in ascending order. */
  static void changedIndexes(VectorNode before, VectorNode after, IntConsumer visitor) {
    var alignment = new VectorAlignment(before, after, 0);
    int index = 0;
    while (index < before.size()) {
      alignment.goTo(index);
      if (!alignment.isShared()) {
        for (; index < alignment.to(); index++) {
          if (!alignment.equalAt(index)) {
            visitor.accept(index);
          }
        }
      }
      index = alignment.to();
    }
  }
}
