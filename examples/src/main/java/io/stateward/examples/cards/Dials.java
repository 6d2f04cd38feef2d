package io.stateward.examples.cards;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How well the server does today, as the person wants it.
 *
 * @param latency how long a write takes from the window to the server and back, 0 to {@link
 *     #LONGEST_LATENCY}
 * @param failurePercent how many of a hundred writes are refused
 * @param reachable whether writes arrive at all
 * @param fates what becomes of the next writes, the first first
 */
record Dials(
    Duration latency, int failurePercent, boolean reachable, PersistentVector<Fate> fates) {

  static final Duration LONGEST_LATENCY = Duration.ofSeconds(5);
  static final int MOST_FATES = 9;
  static final Dials INITIAL = new Dials(Duration.ofSeconds(1), 0, true, PersistentVector.of());

  Dials withLatency(Duration now) {
    return new Dials(now, failurePercent, reachable, fates);
  }

  Dials withFailurePercent(int now) {
    return new Dials(latency, now, reachable, fates);
  }

  Dials withReachable(boolean now) {
    return new Dials(latency, failurePercent, now, fates);
  }

  /** Returns what becomes of the next write; null if it goes by the rules. */
  @Nullable Fate fate() {
    return fates.isEmpty() ? null : fates.get(0);
  }

  /** Returns the dials with one thing planned, and nothing else. */
  Dials withOnlyFate(Fate only) {
    return new Dials(latency, failurePercent, reachable, PersistentVector.of(only));
  }

  Dials withFate(Fate last) {
    return new Dials(latency, failurePercent, reachable, fates.append(last));
  }

  /** Returns the dials for the write after the next. */
  Dials withoutFate() {
    return fates.isEmpty()
        ? this
        : new Dials(latency, failurePercent, reachable, fates.slice(1, fates.size()));
  }

  String toJson() {
    return Json.object()
        .put("latencyMillis", latency.toMillis())
        .put("failurePercent", failurePercent)
        .put("reachable", reachable)
        .put("fates", fates.stream().map(Fate::title).toList())
        .toString();
  }
}
