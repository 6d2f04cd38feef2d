package io.stateward.benchmarks.statemachine;

/**
 * The states of a turnstile.
 *
 * @since 0.1
 */
public enum Place {
  /** It takes a coin. */
  LOCKED,
  /** It lets somebody through. */
  UNLOCKED
}
