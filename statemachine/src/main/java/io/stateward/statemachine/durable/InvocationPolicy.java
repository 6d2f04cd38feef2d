package io.stateward.statemachine.durable;

/**
 * What becomes of work that was under way, when an instance is restored.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public enum InvocationPolicy {
  /** It is done again, under the same idempotency key. */
  RERUN,
  /**
   * It stays under way until the host says how it ended: {@link DurableActors#complete}. It may
   * never have begun, if the process was killed before; the host finds that out, by the key.
   */
  WAIT,
  /** It has failed, with an {@link InterruptedWorkException}, also where it had not begun yet. */
  FAIL
}
