package io.stateward.statemachine;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them. */
final class Durations {

  private Durations() {}

  /** Returns a text such as {@code 5s} or {@code 1m30.5s}. */
  static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
