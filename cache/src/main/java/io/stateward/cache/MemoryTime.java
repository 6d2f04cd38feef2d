package io.stateward.cache;

import java.time.Duration;

/** Points of the monotonic time, in nanoseconds, which are only compared by their difference. */
final class MemoryTime {

  private static final long FAR_NANOS = Long.MAX_VALUE / 4; // 73 years, so that sums do not wrap

  private static final Duration FAR = Duration.ofNanos(FAR_NANOS);

  private MemoryTime() {}

  /** Returns the point that is a duration after now; a very long one counts as 73 years. */
  static long after(long now, Duration duration) {
    return now + nanos(duration);
  }

  /** Returns how long two durations are together; a very long one counts as 73 years. */
  static Duration sum(Duration one, Duration other) {
    return bounded(bounded(one).plus(bounded(other)));
  }

  /** Returns a duration; a very long one is 73 years. */
  static Duration bounded(Duration duration) {
    return duration.compareTo(FAR) > 0 ? FAR : duration;
  }

  /** Returns how long a duration is; a very long one counts as 73 years. */
  static long nanos(Duration duration) {
    return duration.compareTo(FAR) > 0 ? FAR_NANOS : duration.toNanos();
  }
}
