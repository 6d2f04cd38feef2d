package io.stateward.scope;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;

/**
 * When a family lets a value go on which nobody holds a lease.
 *
 * @param keep how many such values are kept
 * @param nanos how long one is kept, in nanoseconds; 0 for as long as there is room
 * @param fromBirth whether that time counts from the making of the value rather than its last use
 * @param timekeeper whose time it goes by
 */
record Eviction(int keep, long nanos, boolean fromBirth, Timekeeper timekeeper) {

  static Eviction lru(int keep) {
    return new Eviction(keep, 0, false, Timekeeper.system());
  }

  static Eviction idle(Duration time, Timekeeper timekeeper) {
    return timed(time, false, timekeeper);
  }

  static Eviction ttl(Duration age, Timekeeper timekeeper) {
    return timed(age, true, timekeeper);
  }

  private static Eviction timed(Duration time, boolean fromBirth, Timekeeper timekeeper) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(
          "A family keeps values for longer than zero, not %s. For values that go with their last lease, use Family.counted(name, factory)."
              .formatted(time));
    }
    return new Eviction(
        Integer.MAX_VALUE,
        time.toNanos(),
        fromBirth,
        Objects.requireNonNull(timekeeper, "timekeeper"));
  }

  boolean isTimed() {
    return nanos > 0;
  }

  /** Returns the time that it goes by; asked for only where time matters. */
  long now() {
    return isTimed() ? timekeeper.nanoTime() : 0;
  }
}
