package io.stateward.signal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The root of what Stateward throws when it is used in a way that cannot work. The message says
 * what happened, with the values, and what to do.
 *
 * @since 0.1
 */
public class StatewardException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened and what to do
   */
  public StatewardException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened and what to do
   * @param cause what led to it
   */
  public StatewardException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
