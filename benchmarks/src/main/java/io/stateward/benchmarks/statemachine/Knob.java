package io.stateward.benchmarks.statemachine;

/**
 * What happens to a radio.
 *
 * @since 0.1
 */
public enum Knob {
  /** Changes the light. */
  LIGHT,
  /** Changes the sound. */
  SOUND,
  /** Changes both. */
  BOTH
}
