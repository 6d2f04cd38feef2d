package io.stateward.statemachine;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What became of an event: it moved the machine, changed data, was dropped, was refused, waits, or
 * failed.
 *
 * <pre>{@code
 * String line = step.outcome().fold(
 *     moved -> "now in " + moved.entered(),
 *     updated -> "changed",
 *     ignored -> "nothing to do",
 *     rejected -> "not while " + rejected.guards() + " refuses",
 *     deferred -> "later",
 *     failed -> "failed: " + failed.cause().getMessage());
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Outcome {

  /**
   * States were left or entered.
   *
   * @param exited the names of the states that were left, innermost first; those of all microsteps
   * @param entered the names of the states that were entered, outermost first
   */
  record Transitioned(List<String> exited, List<String> entered) implements Outcome {

    /**
     * Copies the lists.
     *
     * @param exited what was left
     * @param entered what was entered
     */
    public Transitioned {
      exited = List.copyOf(exited);
      entered = List.copyOf(entered);
    }
  }

  /** A transition without a target was taken: data may have changed, no state was left. */
  record Updated() implements Outcome {}

  /**
   * Nothing changed.
   *
   * @param explicit whether a state says that it ignores the event; else no active state knows it
   */
  record Ignored(boolean explicit) implements Outcome {}

  /**
   * Nothing changed, as every transition for the event has a guard that refused.
   *
   * @param guards the names of those that refused, innermost state first
   */
  record Rejected(List<String> guards) implements Outcome {

    /**
     * Copies the list.
     *
     * @param guards those that refused
     */
    public Rejected {
      guards = List.copyOf(guards);
    }
  }

  /** The event waits in the snapshot, and is tried again when the machine has moved. */
  record Deferred() implements Outcome {}

  /**
   * Nothing changed, as a guard, a function or the chart failed: a macrostep is all or nothing.
   *
   * @param cause what was thrown
   */
  record Failed(Throwable cause) implements Outcome {

    /**
     * Checks the cause.
     *
     * @param cause what was thrown
     */
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /**
   * Tells whether the event took effect.
   *
   * @return true if {@link Transitioned} or {@link Updated}
   */
  default boolean isTaken() {
    return this instanceof Transitioned || this instanceof Updated;
  }

  /**
   * Returns what one of six functions makes of the outcome.
   *
   * @param <T> the type of what they make
   * @param transitioned takes that states were left or entered
   * @param updated takes that data may have changed
   * @param ignored takes that nothing changed
   * @param rejected takes that guards refused
   * @param deferred takes that the event waits
   * @param failed takes that nothing changed because of a failure
   * @return what the function for this outcome returned
   */
  default <T> T fold(
      Function<? super Transitioned, ? extends T> transitioned,
      Function<? super Updated, ? extends T> updated,
      Function<? super Ignored, ? extends T> ignored,
      Function<? super Rejected, ? extends T> rejected,
      Function<? super Deferred, ? extends T> deferred,
      Function<? super Failed, ? extends T> failed) {
    if (this instanceof Transitioned it) {
      return transitioned.apply(it);
    }
    if (this instanceof Updated it) {
      return updated.apply(it);
    }
    if (this instanceof Ignored it) {
      return ignored.apply(it);
    }
    if (this instanceof Rejected it) {
      return rejected.apply(it);
    }
    if (this instanceof Deferred it) {
      return deferred.apply(it);
    }
    return failed.apply((Failed) this);
  }
}
