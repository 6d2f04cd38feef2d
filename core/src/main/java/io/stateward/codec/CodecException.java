package io.stateward.codec;

import java.io.Serial;

/**
 * Thrown when bytes are not of the schema that a codec reads.
 *
 * @since 0.1
 */
public final class CodecException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String schema;

  /**
   * Creates the exception.
   *
   * @param schema the schema that was expected
   * @param problem what is wrong with the bytes and what to do, as a sentence
   * @param cause what the codec met
   */
  public CodecException(String schema, String problem, Throwable cause) {
    super("Cannot decode as schema '%s': %s".formatted(schema, problem), cause);
    this.schema = schema;
  }

  /**
   * Returns the schema that was expected.
   *
   * @return the schema id
   */
  public String schema() {
    return schema;
  }
}
