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
  private final boolean truncated;

  private UnreadableJsonException(String message, int offset, boolean truncated) {
    super(message);
    this.offset = offset;
    this.truncated = truncated;
  }

  static UnreadableJsonException inText(
      String text, int offset, boolean truncated, String problem) {
    String before = text.substring(0, offset);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = offset - before.lastIndexOf('\n');
    return new UnreadableJsonException(
        "Unreadable JSON at line %d, column %d (offset %d of %d): %s."
            .formatted(line, column, offset, text.length(), problem),
        offset,
        truncated);
  }

  static UnreadableJsonException inBytes(int size, int offset, boolean truncated, String problem) {
    return new UnreadableJsonException(
        "Unreadable JSON at byte %d of %d: %s.".formatted(offset, size, problem),
        offset,
        truncated);
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

  /**
   * Tells whether what was read is JSON that stops too early, so that more of it could be readable.
   *
   * @return whether the text ends where something more was expected
   */
  public boolean isTruncated() {
    return truncated;
  }
}
