package io.stateward.signal.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether several roots stood still for a while, without looking at each of them.
 *
 * <p>A root that was ever read together with another is <em>shared</em>, and its commits are
 * counted twice: before they publish and after. While both counts are the same number, and stay so,
 * no shared root has moved. Stores that are never read together with others do not touch these
 * counters.
 */
final class Epoch {

  /** Not a count: nothing is known. */
  static final long UNKNOWN = 0;

  /** How many commits back it is known which root has moved. */
  static final int REMEMBERED = 16;

  /** Stands for the roots of a transaction. */
  static final long SEVERAL = 0;

  private static final AtomicLongArray MOVED = new AtomicLongArray(REMEMBERED); // roots, by count
  private static final AtomicLong BEGUN = new AtomicLong(1);
  private static final AtomicLong ENDED = new AtomicLong(1);

  private Epoch() {}

  /**
   * Counts a commit that is about to be published.
   *
   * @param root the number of the root that moves, or {@link #SEVERAL}
   */
  static void beginCommit(long root) {
    long count = BEGUN.getAndIncrement();
    MOVED.setRelease((int) (count % REMEMBERED), root); // counting the end is the fence
  }

  static void endCommit() {
    ENDED.getAndIncrement();
  }

  /** Returns the count if no commit is under way, else {@link #UNKNOWN}. */
  static long still() {
    long ended = ENDED.get(); // in this order: a commit that begins in between shows
    return BEGUN.get() == ended ? ended : UNKNOWN;
  }

  /**
   * Returns the number of the root that moved from one count to the next, or {@link #SEVERAL}. It
   * is right if the count is one of the {@link #REMEMBERED} before one that {@link #holds} still.
   */
  static long moved(long count) {
    return MOVED.get((int) (count % REMEMBERED));
  }

  /** Whether no commit of a shared root has begun since {@link #still} returned this count. */
  static boolean holds(long count) {
    return BEGUN.get() == count;
  }
}
