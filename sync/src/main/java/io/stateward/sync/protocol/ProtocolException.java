package io.stateward.sync.protocol;

import io.stateward.signal.StatewardException;

/**
 * Thrown if a frame does not follow the protocol.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ProtocolException extends StatewardException {

  private static final long serialVersionUID = 1L;

  /** The code that the other side is told. */
  private final String code;

  /**
   * Makes one.
   *
   * @param code a short word for programs, one of {@code docs/sync-protocol.md}
   * @param message what is wrong with the frame, with the values, for people
   */
  public ProtocolException(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * Returns the code that the other side is told.
   *
   * @return a short word
   */
  public String code() {
    return code;
  }
}
