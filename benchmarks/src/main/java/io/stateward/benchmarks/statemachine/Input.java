package io.stateward.benchmarks.statemachine;

/**
 * What happens to a turnstile.
 *
 * @since 0.1
 */
public enum Input {
  /** Somebody pays. */
  COIN,
  /** Somebody goes through. */
  PUSH
}
