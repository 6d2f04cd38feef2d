package io.stateward.optimistic;

/**
 * What an answer from outside has done.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Settlement {
  /** It settled a mutation that was under way. */
  SETTLED,
  /** It was the belated answer to one that had been given up; its effect is confirmed now. */
  LATE,
  /** The mutation was settled before, so nothing was done. */
  DUPLICATE,
  /** This store has made no mutation of that id, so nothing was done. */
  UNKNOWN
}
