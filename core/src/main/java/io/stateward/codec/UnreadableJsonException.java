package io.stateward.codec;

import java.io.Serial;

/**
 * Thrown when a text is not JSON, or is more than the {@link JsonLimits} allow. The message says
 * what is wrong and where.
 *
 * @since 0.1
 */
public final class UnreadableJsonException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  private final int offset;

  private UnreadableJsonException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  static UnreadableJsonException inText(String text, int offset, String problem) {
    String before = text.substring(0, offset);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = offset - before.lastIndexOf('\n');
    return new UnreadableJsonException(
        "Unreadable JSON at line %d, column %d (offset %d of %d): %s."
            .formatted(line, column, offset, text.length(), problem),
        offset);
  }

  static UnreadableJsonException inBytes(int size, int offset, String problem) {
    return new UnreadableJsonException(
        "Unreadable JSON at byte %d of %d: %s.".formatted(offset, size, problem), offset);
  }

  /**
   * Returns where the problem is.
   *
   * @return the number of UTF-16 code units before it; of bytes, if the bytes are not UTF-8 or too
   *     many
   */
  public int offset() {
    return offset;
  }
}
