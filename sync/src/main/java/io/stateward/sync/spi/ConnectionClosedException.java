package io.stateward.sync.spi;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A frame was not sent, because its connection has ended.
 *
 * @since 0.1
 */
public final class ConnectionClosedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param connection what has ended, as people call it; without secrets
   * @param cause what ended it, or null if it was closed in an orderly way
   */
  public ConnectionClosedException(String connection, @Nullable Throwable cause) {
    super(
        "%s is closed%s, so the frame was not sent. Connect again, and send it there."
            .formatted(connection, cause == null ? "" : " (" + cause + ")"),
        cause);
  }
}
