package io.stateward.persist;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * Thrown when a state cannot be carried by a page. The message says what and where.
 *
 * @since 0.1
 */
public final class HydrationException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  HydrationException(String message) {
    super(message);
  }
}
