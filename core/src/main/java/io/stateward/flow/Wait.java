package io.stateward.flow;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to wait for a lock.
 *
 * @param interruptible whether an interrupt ends it
 * @param deadlineNanos when it ends, in the timekeeper's nanoseconds; null for never
 */
record Wait(boolean interruptible, @Nullable Long deadlineNanos) {

  static final Wait FOREVER = new Wait(false, null);
  static final Wait INTERRUPTIBLY = new Wait(true, null);

  static Wait atMost(Duration patience, Timekeeper timekeeper) {
    long now = timekeeper.nanoTime();
    long nanos = patience.isNegative() ? 0 : patience.toNanos();
    return new Wait(true, now + nanos);
  }

  boolean isLimited() {
    return deadlineNanos != null;
  }

  /** Returns how much time is left; zero or less if none is. Only if it is limited. */
  Duration left(Timekeeper timekeeper) {
    return deadlineNanos == null
        ? Duration.ZERO
        : Duration.ofNanos(deadlineNanos - timekeeper.nanoTime());
  }
}
