package io.stateward.statemachine.internal;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A timer that begins when its state is entered, and is cancelled when that is left. Compared by
 * identity: two of the same length are two.
 */
public final class TimerSpec {

  private final String name;
  private final Function<@Nullable Object, Duration> delay;
  private final @Nullable Duration fixed;

  /**
   * A timer.
   *
   * @param name unique in its state, such as {@code after 5s}
   * @param delay how long, by the data of the state; more than zero
   */
  public TimerSpec(String name, Function<@Nullable Object, Duration> delay) {
    this.name = name;
    this.delay = delay;
    this.fixed = null;
  }

  /**
   * A timer that always takes the same time.
   *
   * @param name unique in its state, such as {@code after 5s}
   * @param fixed how long; more than zero
   */
  public TimerSpec(String name, Duration fixed) {
    this.name = name;
    this.delay = data -> fixed;
    this.fixed = fixed;
  }

  public String name() {
    return name;
  }

  public Function<@Nullable Object, Duration> delay() {
    return delay;
  }

  /** How long, if that is the same for all data; else null. */
  public @Nullable Duration fixed() {
    return fixed;
  }
}
