package io.stateward.statemachine;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.util.List;

/**
 * No active state answers to an event, in a machine whose definition says {@link Unhandled#FAIL}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class UnhandledEventException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param machine what the machine is called
   * @param event what the kind of event is called
   * @param leaves the names of the active leaves
   */
  public UnhandledEventException(String machine, String event, List<String> leaves) {
    super(
        "The machine %s has no transition for %s in %s. Add one, say ignore(...) or defer(...) there, or choose another policy for unhandled events."
            .formatted(machine, event, String.join(", ", leaves)));
  }
}
