package io.stateward.store;

import io.stateward.collection.PersistentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The state of the stores under test: two numbers and a map.
 *
 * @param left a number
 * @param right another number
 * @param entries numbers by key
 * @since 0.1
 */
public record Sample(int left, int right, PersistentMap<Key, Integer> entries) {

  /**
   * Returns a sample with an empty map.
   *
   * @param left a number
   * @param right another number
   * @return the sample
   */
  public static Sample of(int left, int right) {
    return new Sample(left, right, PersistentMap.of());
  }

  /**
   * Replaces the left number.
   *
   * @param other the new one
   * @return a sample with it
   */
  public Sample withLeft(int other) {
    return new Sample(other, right, entries);
  }

  /**
   * Replaces the right number.
   *
   * @param other the new one
   * @return a sample with it
   */
  public Sample withRight(int other) {
    return new Sample(left, other, entries);
  }

  /**
   * Replaces the map.
   *
   * @param other the new one
   * @return a sample with it
   */
  public Sample withEntries(PersistentMap<Key, Integer> other) {
    return new Sample(left, right, other);
  }

  /** A key that counts how often anybody looks at it: what a commit costs, without a clock. */
  public static final class Key {

    private final int number;
    private final AtomicLong looks;

    /**
     * Creates a key.
     *
     * @param number what it is equal by
     * @param looks counts the looks at this and other keys
     */
    public Key(int number, AtomicLong looks) {
      this.number = number;
      this.looks = looks;
    }

    @Override
    public boolean equals(Object other) {
      looks.incrementAndGet();
      return other instanceof Key key && key.number == number;
    }

    @Override
    public int hashCode() {
      looks.incrementAndGet();
      return Integer.hashCode(number);
    }

    @Override
    public String toString() {
      return "key " + number;
    }
  }
}
