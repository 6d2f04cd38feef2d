package io.stateward.testkit.cache;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What is to happen to the calls that {@link FaultyLayer#next}, {@link FaultyLayer#every} or {@link
 * FaultyLayer#when} chose: its methods say it, each of them once.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class LayerFaults {

  private final Consumer<Fault> rule;

  LayerFaults(Consumer<Fault> rule) {
    this.rule = rule;
  }

  /** Passes them, whatever other rules and chance say. */
  public void pass() {
    rule.accept(Fault.NONE);
  }

  /** Loses them: what is asked for is not done, and who asked is told that there is no answer. */
  public void drop() {
    rule.accept(Fault.of(Fault.Kind.DROP));
  }

  /** Loses the answers: what is asked for is done, and who asked is told that there is none. */
  public void dropAnswer() {
    rule.accept(Fault.of(Fault.Kind.DROP_ANSWER));
  }

  /**
   * Does what is asked for twice, as a client does that sends again what it believes to be lost.
   * The answer is that to the first time.
   */
  public void duplicate() {
    rule.accept(Fault.of(Fault.Kind.DUPLICATE));
  }

  /**
   * Does what is asked for later.
   *
   * @param time how much later
   */
  public void delay(Duration time) {
    rule.accept(new Fault(Fault.Kind.DELAY, time.toNanos()));
  }

  /**
   * Does what is asked for, and answers later.
   *
   * @param time how much later
   */
  public void delayAnswer(Duration time) {
    rule.accept(new Fault(Fault.Kind.DELAY_ANSWER, time.toNanos()));
  }

  /** Does what is asked for when it is {@linkplain FaultyLayer#release released}. */
  public void hold() {
    rule.accept(Fault.of(Fault.Kind.HOLD));
  }

  /** Does what is asked for, and answers when it is {@linkplain FaultyLayer#release released}. */
  public void holdAnswer() {
    rule.accept(Fault.of(Fault.Kind.HOLD_ANSWER));
  }
}
