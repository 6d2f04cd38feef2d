package io.stateward.statemachine.runtime;

import io.stateward.statemachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an actor commits, so that it outlives the process.
 *
 * <p>Thread safety: called by whoever has the turn of its actor.
 */
public interface Keeper<S> {

  /**
   * Keeps a step before anything that it asks for is done.
   *
   * @return null if it is kept; else why it is not, and the actor is to stop
   */
  @Nullable Throwable keep(Step<S> step);

  /**
   * Notes that what was asked for by the step that was kept last has been done.
   *
   * @return null if it is noted; else why it is not, and the actor is to stop
   */
  @Nullable Throwable released();

  /** Notes that the actor stops, for another time; what cannot be noted is reported. */
  void stopping();

  /** Returns what the idempotency keys of what the actor does begin with, in all its life. */
  String keys();

  /** Returns the number of the step that was kept last. */
  long sequence();
}
