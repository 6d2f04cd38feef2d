package io.stateward.testkit.cache;

/**
 * What is done with a message of a backplane.
 *
 * @since 0.1
 */
public enum BackplaneOperation {
  /** This instance sends it, to all that listen. */
  SEND,
  /** A listener of this instance hears it. */
  HEAR
}
