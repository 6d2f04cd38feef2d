package io.stateward.optimistic;

/**
 * Where a mutation is on its way.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum MutationStatus {
  /** It shows; the server has not answered. */
  PENDING,
  /** It was sent again, or waits to be. */
  RETRYING,
  /** The server has another state; what becomes of both is being decided. */
  CONFLICTED,
  /** The server has it. It waits in its place for one that was made earlier. */
  ACKNOWLEDGED
}
