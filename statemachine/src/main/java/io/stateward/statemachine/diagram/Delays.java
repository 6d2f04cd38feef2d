package io.stateward.statemachine.diagram;

import io.stateward.statemachine.internal.TimerSpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** How long timers take. */
final class Delays {

  private Delays() {}

  /** Returns the milliseconds of a timer whose name says so, such as {@code after 5m}. */
  static OptionalLong millis(TimerSpec timer) {
    if (!timer.name().startsWith("after ")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Duration.parse("PT" + timer.name().substring(6)).toMillis());
    } catch (DateTimeParseException | ArithmeticException e) {
      return OptionalLong.empty(); // the data says how long
    }
  }
}
