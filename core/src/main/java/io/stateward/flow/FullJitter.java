package io.stateward.flow;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** Exponential back-off with full jitter. */
record FullJitter(long baseNanos, long capNanos, Supplier<? extends Random> random)
    implements Backoff {

  FullJitter(Duration base, Duration cap, Supplier<? extends Random> random) {
    this(checked(base, cap), cap.toNanos(), random);
  }

  private static long checked(Duration base, Duration cap) {
    if (base.isNegative() || base.isZero() || base.compareTo(cap) > 0) {
      throw new IllegalArgumentException(
          "The base of a back-off is longer than zero and at most its cap; %s and %s are not."
              .formatted(base, cap));
    }
    return base.toNanos();
  }

  @Override
  public Duration delay(int retry) {
    int doublings = Math.max(0, retry - 1);
    boolean capped =
        doublings >= Long.numberOfLeadingZeros(baseNanos) || baseNanos << doublings >= capNanos;
    long bound = capped ? capNanos : baseNanos << doublings;
    return Duration.ofNanos((long) (random.get().nextDouble() * bound));
  }
}
