package io.stateward.sync.text;

/**
 * Where a position goes when something is inserted exactly there.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Bias {
  /** The position stays before what is inserted: it belongs to the character before it. */
  BEFORE,

  /** The position goes after what is inserted: it belongs to the character after it. */
  AFTER
}
