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

  void clear() {
    size = 0;
  }

  /** Forgets the first values. */
  void removeFirst(int count) {
    values = Arrays.copyOfRange(values, count, Math.max(size, count + 4));
    size -= count;
  }

  /** Adds to every value. */
  void shift(int by) {
    for (int i = 0; i < size; i++) {
      values[i] += by;
    }
  }

  /** Returns the index of the last value that is at most this one, in a sorted column; or -1. */
  int floor(int value) {
    int low = 0;
    int high = size - 1;
    if (high >= 0 && values[high] <= value) {
      return high; // most questions are about the end
    }
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
