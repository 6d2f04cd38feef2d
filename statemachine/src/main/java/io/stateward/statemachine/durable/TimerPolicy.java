package io.stateward.statemachine.durable;

/**
 * What becomes of the timers of an instance that is restored.
 *
 * <p>Deadlines are by the clock of the {@link io.stateward.statemachine.Actors}: the wall clock at
 * the time they were made, which does not follow its later jumps until the process is begun anew.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum TimerPolicy {
  /** They keep their deadlines: one that has passed meanwhile fires at once. */
  DEADLINE,
  /**
   * What was left when the instance was stored last begins now: by its last macrostep, or when it
   * was stopped. If the process is killed, the time since its last macrostep, or since it was
   * restored, does not count: a timer of an hour in a process that is killed every 50 minutes never
   * fires. {@link #DEADLINE} has no such gap.
   */
  REMAINING,
  /**
   * They begin anew, with their whole delay; events that were sent with one have what was left, as
   * with {@link #REMAINING}.
   */
  RESTART
}
