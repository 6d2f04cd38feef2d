package io.stateward.statemachine.durable;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * Invoked work was under way when its process ended, and is not done again; whether it has been
 * done is not known.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class InterruptedWorkException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Creates an exception.
   *
   * @param key the idempotency key of the work
   */
  public InterruptedWorkException(String key) {
    super(
        "The work %s was under way, or about to begin, when its process ended. Ask whoever did it what became of it, by this key."
            .formatted(key));
    this.key = key;
  }

  /**
   * Returns the idempotency key of the work.
   *
   * @return the key
   */
  public String key() {
    return key;
  }
}
