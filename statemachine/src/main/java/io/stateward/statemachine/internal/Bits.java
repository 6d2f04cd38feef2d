package io.stateward.statemachine.internal;

/** Sets of numbers of states, as words of 64 bits. */
final class Bits {

  private Bits() {}

  static long[] words(int size) {
    return new long[(size + 63) >>> 6];
  }

  static boolean has(long[] words, int number) {
    return (words[number >>> 6] & (1L << number)) != 0;
  }

  static void add(long[] words, int number) {
    words[number >>> 6] |= 1L << number;
  }

  static void remove(long[] words, int number) {
    words[number >>> 6] &= ~(1L << number);
  }

  /** Returns the first number from one on, inclusive, or -1. */
  static int next(long[] words, int from) {
    int index = from >>> 6;
    if (index >= words.length) {
      return -1;
    }
    long word = words[index] & (-1L << from);
    while (word == 0) {
      if (++index == words.length) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Returns the last number up to one, inclusive, or -1. */
  static int previous(long[] words, int from) {
    if (from < 0) {
      return -1;
    }
    int index = from >>> 6;
    long word = words[index] & (-1L >>> (63 - (from & 63)));
    while (word == 0) {
      if (--index < 0) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + 63 - Long.numberOfLeadingZeros(word);
  }

  /** Returns the last number, or -1. */
  static int last(long[] words) {
    return previous(words, (words.length << 6) - 1);
  }

  static int hash(long[] words) {
    int hash = 0;
    for (long word : words) {
      hash = 31 * hash + (int) (word ^ (word >>> 32));
    }
    return hash;
  }

  /** Tells whether a number of a range, from inclusive and to exclusive, is in the set. */
  static boolean any(long[] words, int from, int to) {
    int first = next(words, from);
    return first >= 0 && first < to;
  }

  static boolean meet(long[] one, long[] other) {
    for (int i = 0; i < one.length; i++) {
      if ((one[i] & other[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean isEmpty(long[] words) {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  static void clear(long[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = 0;
    }
  }

  static void copy(long[] from, long[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i];
    }
  }

  static void removeAll(long[] words, long[] gone) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~gone[i];
    }
  }
}
