package io.stateward.redis;

import io.stateward.signal.StatewardException;
import org.jspecify.annotations.Nullable;

/**
 * A Redis cannot be used; the message says which one, why, and what to do. It has no password in
 * it.
 *
 * @since 0.1
 */
public final class RedisUnavailableException extends StatewardException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with host and port, and what to do
   * @param cause what led to it; null if nothing was thrown
   */
  public RedisUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
