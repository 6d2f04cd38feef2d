package io.stateward.statemachine.durable;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * An instance was to be started under an id that there is one of already, running or ended.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class InstanceExistsException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param machine what the machine is called
   * @param id of the instance
   */
  public InstanceExistsException(String machine, String id) {
    super(
        "There is an instance '%s' of machine '%s' already. Load it, or delete it first."
            .formatted(id, machine));
  }
}
