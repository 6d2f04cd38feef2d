package io.stateward.examples.nodes;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Patience {

  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final long LOOK_NANOS = 2_000_000;

  private Patience() {}

  static void until(String what, BooleanSupplier condition) {
    long due = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - due > 0) {
        throw new AssertionError("After %s there was not yet: %s".formatted(DEADLINE, what));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
