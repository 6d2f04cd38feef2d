package io.stateward.statemachine;

import io.stateward.scope.Cancellation;

/**
 * What invoked work knows of its run, besides the state that invoked it.
 *
 * <pre>{@code
 * .invoke("charge", (processing, run) -> gateway.charge(processing.order(), run.key()))
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public interface InvokeContext {

  /**
   * Returns the idempotency key: the same for each attempt, also after a restart, and for no other
   * invocation of any instance.
   *
   * @return the key, to hand on to whoever must not do the work twice
   */
  String key();

  /**
   * Returns which attempt this is.
   *
   * @return 1 for the first
   */
  int attempt();

  /**
   * Returns what tells the work to stop: its state was left, or its time is over.
   *
   * @return the cancellation
   */
  Cancellation cancellation();

  /** Says that the work is alive, so that its heartbeat limit begins anew. */
  void heartbeat();
}
