package io.stateward.benchmarks.statemachine;

/**
 * The states of a radio, for those who name regions and what is in them alike.
 *
 * @since 0.1
 */
public enum Dial {
  /** What the regions are in. */
  ON,
  /** A region. */
  LIGHT,
  /** No light. */
  DARK,
  /** Light. */
  BRIGHT,
  /** The other region. */
  SOUND,
  /** No sound. */
  MUTE,
  /** Sound. */
  LOUD
}
