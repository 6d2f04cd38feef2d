package io.stateward.testkit.cache;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What is to happen to the messages that {@link FaultyBackplane#next}, {@link
 * FaultyBackplane#every} or {@link FaultyBackplane#when} chose: its methods say it, each of them
 * once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class BackplaneFaults {

  private final Consumer<Fault> rule;

  BackplaneFaults(Consumer<Fault> rule) {
    this.rule = rule;
  }

  /** Passes them, whatever other rules and chance say. */
  public void pass() {
    rule.accept(Fault.NONE);
  }

  /** Loses them, and nobody is told. */
  public void drop() {
    rule.accept(Fault.of(Fault.Kind.DROP));
  }

  /** Lets them arrive twice. */
  public void duplicate() {
    rule.accept(Fault.of(Fault.Kind.DUPLICATE));
  }

  /**
   * Lets them arrive later; later ones overtake them.
   *
   * @param time how much later
   */
  public void delay(Duration time) {
    rule.accept(new Fault(Fault.Kind.DELAY, time.toNanos()));
  }

  /** Lets them arrive when they are {@linkplain FaultyBackplane#release released}. */
  public void hold() {
    rule.accept(Fault.of(Fault.Kind.HOLD));
  }
}
