package io.stateward.cache;

import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.time.Instant;

/** A clock that can also be put back, as a search does. */
final class ModelClock implements Timekeeper {

  long nanos;

  @Override
  public Instant now() {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    throw new UnsupportedOperationException("nothing is scheduled here");
  }
}
