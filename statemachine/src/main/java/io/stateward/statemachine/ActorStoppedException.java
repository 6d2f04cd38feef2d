package io.stateward.statemachine;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something was asked of an actor that has stopped, or that stopped before it got to it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ActorStoppedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String actor;

  /**
   * Creates an exception.
   *
   * @param actor the id of the actor
   * @param asked what was asked of it: an event, or a condition
   * @param leaves the names of the states in which it stopped
   * @param cause why it could not go on, or null if it was stopped, or came to its end
   */
  public ActorStoppedException(
      String actor, String asked, Object leaves, @Nullable Throwable cause) {
    super(
        "Actor %s has stopped in %s, so nothing becomes of %s. Look at its snapshot to see how it ended, and start another one to go on."
            .formatted(actor, leaves, asked),
        cause);
    this.actor = actor;
  }

  /**
   * Returns which actor it was.
   *
   * @return its id
   */
  public String actor() {
    return actor;
  }
}
