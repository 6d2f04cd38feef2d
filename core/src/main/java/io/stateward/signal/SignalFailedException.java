package io.stateward.signal;

import java.io.Serial;

/**
 * Thrown by reading a signal whose function threw. It is thrown anew at each read until an input of
 * that signal changes; the cause is what the function threw, once.
 *
 * @since 0.1
 */
public final class SignalFailedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String signal;

  /**
   * Creates the exception.
   *
   * @param signal the name of the signal whose function threw
   * @param cause what it threw
   */
  public SignalFailedException(String signal, Throwable cause) {
    super(
        "Signal '%s' has no value: its function threw %s. It is evaluated again when an input changes; make the function total, or guard the read."
            .formatted(signal, cause),
        cause);
    this.signal = signal;
  }

  /**
   * Returns the signal whose function threw, which may be one that the signal read depends on.
   *
   * @return its name
   */
  public String signal() {
    return signal;
  }
}
