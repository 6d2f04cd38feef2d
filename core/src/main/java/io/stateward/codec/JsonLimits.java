package io.stateward.codec;

/**
 * What is too much to read: the limits that keep a text from outside from filling the memory or the
 * stack.
 *
 * <pre>{@code
 * JsonLimits small = JsonLimits.standard().withSize(64 * 1024).withDepth(20);
 * Tree request = Tree.parse(body, small);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param depth how many objects and arrays may be nested, from 0 to {@link Tree#MAXIMUM_DEPTH}
 *     inclusive
 * @param size how long a text may be, inclusive: in bytes where bytes are read, else in UTF-16 code
 *     units
 * @param numberLength how many characters one number may have, inclusive
 * @since 0.1
 */
public record JsonLimits(int depth, int size, int numberLength) {

  private static final JsonLimits STANDARD =
      new JsonLimits(Tree.MAXIMUM_DEPTH, 64 * 1024 * 1024, 1024);

  /**
   * Creates limits.
   *
   * @param depth how many objects and arrays may be nested
   * @param size how long a text may be
   * @param numberLength how many characters one number may have
   * @throws IllegalArgumentException if a limit is negative, or the depth beyond what trees have
   */
  public JsonLimits {
    if (depth < 0 || depth > Tree.MAXIMUM_DEPTH || size < 0 || numberLength < 0) {
      throw new IllegalArgumentException(
          "Limits are not negative, and the depth is at most %d; these were depth %d, size %d, number length %d."
              .formatted(Tree.MAXIMUM_DEPTH, depth, size, numberLength));
    }
  }

  /**
   * Returns the limits that hold where none are given: depth 512, size 67,108,864 (64 MiB), number
   * length 1,024. Whatever a tree is written as is within them, but for its size.
   *
   * @return the limits
   */
  public static JsonLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another depth.
   *
   * @param limit how many objects and arrays may be nested
   * @return the limits
   */
  public JsonLimits withDepth(int limit) {
    return new JsonLimits(limit, size, numberLength);
  }

  /**
   * Returns these limits with another size.
   *
   * @param limit how long a text may be
   * @return the limits
   */
  public JsonLimits withSize(int limit) {
    return new JsonLimits(depth, limit, numberLength);
  }

  /**
   * Returns these limits with another length of numbers.
   *
   * @param limit how many characters one number may have
   * @return the limits
   */
  public JsonLimits withNumberLength(int limit) {
    return new JsonLimits(depth, size, limit);
  }
}
