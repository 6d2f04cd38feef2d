package io.stateward.statemachine.durable;

/**
 * What becomes of the timers of an instance that is restored.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum TimerPolicy {
  /** They keep their deadlines: one that has passed meanwhile fires at once. */
  DEADLINE,
  /** What was left when the instance was stored last, by its last macrostep, begins now. */
  REMAINING,
  /** They begin anew, with their whole delay; events that were sent with one have what was left. */
  RESTART
}
