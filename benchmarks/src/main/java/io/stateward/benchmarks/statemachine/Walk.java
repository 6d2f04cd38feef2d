package io.stateward.benchmarks.statemachine;

/**
 * What happens in towers.
 *
 * @since 0.1
 */
public enum Walk {
  /** From the desk to the door. */
  STEP,
  /** To the other tower. */
  CROSS
}
