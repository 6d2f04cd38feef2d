package io.stateward.store;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * Thrown by an update that a middleware refused. The update did not happen; the state stands. A
 * dispatch that is refused returns {@link Dispatched.Vetoed} instead.
 *
 * @since 0.1
 */
public final class VetoedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  VetoedException(String store, String reason) {
    super(
        "Update of store '%s' was vetoed, so nothing changed: %s. Make an update that the store's middleware accepts."
            .formatted(store, reason));
    this.reason = reason;
  }

  /**
   * Returns why the update was refused.
   *
   * @return the reason, in the middleware's words
   */
  public String reason() {
    return reason;
  }
}
