package io.stateward.signal;

/**
 * What happens when the queue of a subscription is full and another change arrives.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum Overflow {

  /**
   * The two oldest waiting changes become one, from where the first began to where the second
   * ended. The subscriber misses values in between, but ends at the newest, and its changes still
   * join up. Reported once each time the queue begins to overflow.
   */
  MERGE_OLDEST,

  /** The subscription ends, and that is reported. For subscribers that must not miss a change. */
  CLOSE
}
