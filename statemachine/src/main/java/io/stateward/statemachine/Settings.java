package io.stateward.statemachine;

import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.TimerSpec;
import java.time.Duration;

/** What every form says of its chart in the same words. */
final class Settings {

  private Settings() {}

  static void version(ChartSpec chart, int version) {
    if (version < 1) {
      throw new IllegalArgumentException(
          "Version %d of machine '%s': the first version is 1.".formatted(version, chart.name()));
    }
    chart.version(version);
  }

  static void budget(ChartSpec chart, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A macrostep of machine '%s' takes at least 1 microstep, so %d is no budget."
              .formatted(chart.name(), most));
    }
    chart.budget(most);
  }

  /** A timer's delay, which is not to be mistaken for none. */
  static void delay(StateSpec state, Duration delay) {
    if (delay.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A timer of %s takes at least 1 ms, not %s; use always() for what is not to wait."
              .formatted(state.name(), delay));
    }
  }

  /** The timer of a length, of which a state has one, however many transitions answer to it. */
  static TimerSpec timer(StateSpec state, Duration delay) {
    String name = "after " + Durations.text(delay);
    return state.timers().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              TimerSpec timer = new TimerSpec(name, delay);
              state.timers().add(timer);
              return timer;
            });
  }

  /** A limit of invoked work. */
  static Duration positive(String what, StateSpec state, InvokeSpec invoke, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "The %s of %s/%s is to be more than zero, not %s."
              .formatted(what, state.name(), invoke.name(), value));
    }
    return value;
  }
}
