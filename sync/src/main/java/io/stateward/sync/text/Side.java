package io.stateward.sync.text;

/**
 * Which of two concurrent edits goes first where both insert at one place. One of the two is told
 * {@link #LEFT} and the other {@link #RIGHT}, by a rule that everybody shares.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Side {
  /** What this edit inserts stands before what the other one inserts. */
  LEFT,

  /** What this edit inserts stands after what the other one inserts. */
  RIGHT
}
