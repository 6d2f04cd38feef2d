package io.stateward.examples;

/**
 * An application cannot start; the message says why, and what to do, to whoever sits at the
 * terminal.
 *
 * @since 0.1
 */
public final class CannotStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is missing and what to do; nothing secret
   * @param cause what led to it; its message is not shown
   */
  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
