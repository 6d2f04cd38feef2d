package io.stateward.statemachine.runtime;

import io.stateward.scope.Cancellation;
import io.stateward.statemachine.InvokeContext;
import io.stateward.time.Timekeeper;

/**
 * The attempts at invoked work: one after the other, under one key.
 *
 * <p>Thread safety: an attempt begins after the one before has ended; what each leaves is volatile.
 */
final class Attempts {

  private final Timekeeper timekeeper;
  private final String key;
  private volatile int count;
  private volatile long aliveNanos;

  Attempts(Home home, String key) {
    this.timekeeper = home.timekeeper();
    this.key = key;
  }

  String key() {
    return key;
  }

  Timekeeper timekeeper() {
    return timekeeper;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one attempt at a time
  InvokeContext begin(Cancellation cancellation) {
    int attempt = count + 1;
    count = attempt;
    return new Attempt(this, attempt, cancellation);
  }

  /** Says that the current attempt is alive. */
  void beat() {
    aliveNanos = timekeeper.nanoTime();
  }

  /** Returns for how long the current attempt has been silent. */
  long silentNanos() {
    return timekeeper.nanoTime() - aliveNanos;
  }

  private record Attempt(Attempts attempts, int attempt, Cancellation cancellation)
      implements InvokeContext {

    @Override
    public String key() {
      return attempts.key;
    }

    @Override
    public void heartbeat() {
      if (attempt == attempts.count) {
        attempts.beat();
      }
    }
  }
}
