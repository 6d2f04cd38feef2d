package io.stateward.statemachine;

/**
 * What becomes of an event that no active state answers to.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Unhandled {
  /** It is dropped: {@link Outcome.Ignored}. */
  IGNORE,
  /** It is dropped, and reported to {@link io.stateward.signal.Probe}. */
  REPORT,
  /** The macrostep fails with an {@link UnhandledEventException}: {@link Outcome.Failed}. */
  FAIL
}
