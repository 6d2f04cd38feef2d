package io.stateward.statemachine.scxml;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a document is not XML, not SCXML, needs what is not supported, or is more than the
 * {@link ScxmlOptions} allow. The message says what and where.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ScxmlException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  private ScxmlException(String message, int line, int column, @Nullable Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
  }

  static ScxmlException at(int line, int column, String problem, @Nullable Throwable cause) {
    return new ScxmlException(
        "Line %d, column %d: %s".formatted(line, column, problem), line, column, cause);
  }

  static ScxmlException at(Element element, String problem) {
    return at(element.line(), element.column(), problem, null);
  }

  static ScxmlException ofWhole(String problem, @Nullable Throwable cause) {
    return new ScxmlException(problem, 0, 0, cause);
  }

  /**
   * Returns the line of the problem.
   *
   * @return from 1; 0 if it is the document as a whole
   */
  public int line() {
    return line;
  }

  /**
   * Returns the column of the problem.
   *
   * @return from 1, in UTF-16 code units; 0 if it is the document as a whole
   */
  public int column() {
    return column;
  }
}
