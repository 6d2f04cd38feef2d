package io.stateward.sync.text;

import java.util.Arrays;

/**
 * A list of numbers that grows at its end by an eighth, not by half: most of them are small parts
 * of many logs that stay open.
 */
final class IntColumn {

  private int[] values = new int[4];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int get(int index) {
    return values[index];
  }

  int last() {
    return values[size - 1];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + Math.max(size >> 3, 8));
    }
    values[size++] = value;
  }

  void removeLast() {
    size--;
  }

  /**
   * Returns the index of the last value that is at most this one, in a sorted column; or -1. Nearer
   * to the end is found sooner, for most questions are about what came last.
   */
  int floor(int value) {
    int high = size - 1;
    int low = high;
    for (int step = 1; low >= 0 && values[low] > value; step <<= 1) {
      high = low - 1;
      low -= step;
    }
    low =
        Math.max(low, -1) + 1; // what is before it is at most the value, what is after high is not
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (values[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
