package io.stateward.statemachine.scxml;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * Thrown when an expression of a document is not one of its language, or has no value. While a
 * machine runs, it becomes the event {@code error.execution}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ExpressionException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what is wrong with which expression
   */
  public ExpressionException(String message) {
    super(message);
  }
}
