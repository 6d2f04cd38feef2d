package io.stateward.json.spi;

/**
 * The values of one type as JSON text, both ways.
 *
 * <p><b>Thread safety.</b> Implementations are safe for any number of threads.
 *
 * @since 0.1
 */
public interface JsonBinding {

  /**
   * Writes a value.
   *
   * @param value the value, of the type that was bound
   * @return its text
   * @throws JsonProblem if the value has no such form
   */
  String write(Object value);

  /**
   * Reads a value.
   *
   * @param text the text, whose limits have been checked
   * @return the value, complete
   * @throws JsonProblem if the text is not of the form
   */
  Object read(String text);
}
