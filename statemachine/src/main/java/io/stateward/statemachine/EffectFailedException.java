package io.stateward.statemachine;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * An action failed after its macrostep was committed: the machine has moved, and the other actions
 * have run. The cause is what the action threw; what further ones threw is suppressed in it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class EffectFailedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param machine what the machine is called
   * @param state the name of the state that the action belongs to
   * @param action what the action is called
   * @param cause what it threw
   */
  public EffectFailedException(String machine, String state, String action, Throwable cause) {
    super(
        "The action %s of state %s in machine %s failed after the machine had moved: %s. Move what may fail into invoked work, or catch it in the action."
            .formatted(action, state, machine, cause),
        cause);
  }
}
