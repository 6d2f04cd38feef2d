package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a layer answers, and since when it does not. Each change is told once.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Outage {

  private final int layer;
  private final Duration bound;
  private final Timekeeper time;
  private final Events events;
  private final AtomicReference<@Nullable Long> sinceNanos = new AtomicReference<>();

  Outage(int layer, Duration bound, Timekeeper time, Events events) {
    this.layer = layer;
    this.bound = bound;
    this.time = time;
    this.events = events;
  }

  void answered(@Nullable Throwable failure) {
    if (failure != null) {
      began(Stages.cause(failure));
    } else if (sinceNanos.get() != null) {
      ended();
    }
  }

  void began(Throwable failure) {
    if (sinceNanos.compareAndSet(null, time.nanoTime())) {
      events.emit(new CacheEvent.LayerLost(layer, failure, bound));
    }
  }

  private void ended() {
    Long since = sinceNanos.getAndSet(null);
    if (since != null) {
      events.emit(new CacheEvent.LayerBack(layer, Duration.ofNanos(time.nanoTime() - since)));
    }
  }
}
