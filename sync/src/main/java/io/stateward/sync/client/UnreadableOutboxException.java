package io.stateward.sync.client;

import io.stateward.signal.StatewardException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a journal is no outbox of a client, or of a newer version. It is left as it is.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class UnreadableOutboxException extends StatewardException {

  private static final long serialVersionUID = 1L;

  UnreadableOutboxException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
