package io.stateward.signal.internal;

import java.util.concurrent.atomic.AtomicLong;

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

  private static final AtomicLong BEGUN = new AtomicLong(1);
  private static final AtomicLong ENDED = new AtomicLong(1);

  private Epoch() {}

  static void beginCommit() {
    BEGUN.getAndIncrement();
  }

  static void endCommit() {
    ENDED.getAndIncrement();
  }

  /** Returns the count if no commit is under way, else {@link #UNKNOWN}. */
  static long still() {
    long ended = ENDED.get(); // in this order: a commit that begins in between shows
    return BEGUN.get() == ended ? ended : UNKNOWN;
  }

  /** Whether no commit of a shared root has begun since {@link #still} returned this count. */
  static boolean holds(long count) {
    return BEGUN.get() == count;
  }
}
