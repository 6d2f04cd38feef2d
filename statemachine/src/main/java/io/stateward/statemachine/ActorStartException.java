package io.stateward.statemachine;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * An actor could not be started, as the first macrostep of its machine failed. The cause is what a
 * function of the definition threw.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ActorStartException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param machine what the machine is called
   * @param cause why it failed
   */
  public ActorStartException(String machine, Throwable cause) {
    super(
        "No actor of machine '%s' was started, as its first macrostep failed: %s. Nothing has happened; mend the function that threw, or its parameter."
            .formatted(machine, cause),
        cause);
  }
}
