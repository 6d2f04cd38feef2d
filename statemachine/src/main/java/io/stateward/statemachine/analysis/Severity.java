package io.stateward.statemachine.analysis;

/**
 * How bad a finding is.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Severity {
  /** The chart cannot work as it stands; {@code build()} refuses it. */
  ERROR,
  /** The chart runs, but probably does not do what was meant. */
  WARNING
}
