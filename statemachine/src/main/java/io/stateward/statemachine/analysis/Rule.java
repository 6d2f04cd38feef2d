package io.stateward.statemachine.analysis;

/**
 * What a chart is checked for.
 *
 * <p>A context that is never read is not among them: guards and functions are opaque.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Rule {
  /** Transitions without events and guards lead in a circle: a macrostep would never end. */
  ENDLESS_EVENTLESS(Severity.ERROR),
  /** A transition without event, guard and target would be taken for ever. */
  IDLE_EVENTLESS(Severity.ERROR),
  /** Events that raise one another, or ends of states that lead to one another, without a guard. */
  ENDLESS_RAISE(Severity.ERROR),
  /** A transition waits for what is no event of this machine. */
  UNKNOWN_EVENT(Severity.ERROR),
  /** No way leads to a state. */
  UNREACHABLE_STATE(Severity.WARNING),
  /** A transition waits in a state that never rests. */
  DEAD_TRANSITION(Severity.WARNING),
  /** Others always come before a transition. */
  SHADOWED_TRANSITION(Severity.WARNING),
  /** A timer is always cancelled by a shorter one before it is due. */
  SHADOWED_TIMER(Severity.WARNING),
  /** Two guards of one state and event may both hold, so that their order decides. */
  OVERLAPPING_GUARDS(Severity.WARNING),
  /** One event makes two regions leave the same state, so that their order decides. */
  PARALLEL_CONFLICT(Severity.WARNING),
  /** One event makes two regions assign the same data, so that their order decides. */
  REGION_RACE(Severity.WARNING),
  /** The machine can come to an end, but from here it cannot any more. */
  DEAD_END(Severity.WARNING),
  /** No reachable state answers to an event. */
  UNHANDLED_EVENT(Severity.WARNING),
  /** Nothing answers to the failure of invoked work. */
  INVOKE_WITHOUT_ERROR(Severity.WARNING),
  /** Work or a timer begins in a state that never rests. */
  NEVER_RESTS(Severity.WARNING),
  /** Guards decide whether transitions without events lead in a circle. */
  POSSIBLE_LOOP(Severity.WARNING),
  /** Guards decide whether events raise one another, or states end one another, for ever. */
  POSSIBLE_RAISE_LOOP(Severity.WARNING),
  /** No condition of a choice may hold. */
  CHOICE_WITHOUT_ELSE(Severity.WARNING),
  /** A transition waits for the end of a state that never ends. */
  DONE_WITHOUT_FINAL(Severity.WARNING),
  /** Regions can end, but nothing answers to that. */
  FINAL_NOT_JOINED(Severity.WARNING),
  /** A history has no past whenever it is asked. */
  HISTORY_NEVER_SET(Severity.WARNING);

  private final Severity severity;

  Rule(Severity severity) {
    this.severity = severity;
  }

  /**
   * Returns how bad it is, in a chart that is not bound to the W3C's rules to the letter; there,
   * all are warnings.
   *
   * @return the severity
   */
  public Severity severity() {
    return severity;
  }
}
