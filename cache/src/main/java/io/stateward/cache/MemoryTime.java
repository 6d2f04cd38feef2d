package io.stateward.cache;

import java.time.Duration;

/** Points of the monotonic time, in nanoseconds, which are only compared by their difference. */
final class MemoryTime {

  private static final long FAR_NANOS = Long.MAX_VALUE / 4; // 73 years, so that sums do not wrap

  private MemoryTime() {}

  /** Returns the point that is a duration after now; a very long one counts as 73 years. */
  static long after(long now, Duration duration) {
    boolean far = duration.compareTo(Duration.ofNanos(FAR_NANOS)) > 0;
    return now + (far ? FAR_NANOS : duration.toNanos());
  }
}
