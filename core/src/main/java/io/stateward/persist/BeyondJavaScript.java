package io.stateward.persist;

/**
 * What is done about a number that JavaScript cannot hold: an integer beyond 2<sup>53</sup> - 1 in
 * magnitude, or a decimal with more digits than a double has.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum BeyondJavaScript {

  /** The state is refused, with the number and its place. */
  REFUSED,

  /**
   * The page gets the number as a string, and the envelope a list of such places, so that {@link
   * Hydration#read} gives the number back.
   */
  AS_STRINGS
}
