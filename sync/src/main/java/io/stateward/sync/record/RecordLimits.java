package io.stateward.sync.record;

import io.stateward.codec.Tree;
import java.util.Map;

/**
 * What is too much for a record.
 *
 * <pre>{@code
 * RecordLimits small = RecordLimits.standard().withSize(64 * 1024);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param depth how many objects and arrays may be nested, inclusive
 * @param size how many characters the JSON of a record, or of one change, may have, inclusive;
 *     counted without escapes
 * @param pathLength how many UTF-16 code units a path may have, inclusive
 * @param changes how many changes may be made together, inclusive
 * @since 0.1
 */
public record RecordLimits(int depth, long size, int pathLength, int changes) {

  private static final RecordLimits STANDARD = new RecordLimits(64, 1024 * 1024, 1024, 1000);
  private static final RecordLimits NONE =
      new RecordLimits(Tree.MAXIMUM_DEPTH, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * Checks the limits.
   *
   * @param depth how many objects and arrays may be nested
   * @param size how many characters the JSON may have
   * @param pathLength how many UTF-16 code units a path may have
   * @param changes how many changes may be made together
   * @throws IllegalArgumentException if a limit is negative
   */
  public RecordLimits {
    if (depth < 0 || size < 0 || pathLength < 0 || changes < 0) {
      throw new IllegalArgumentException(
          "Limits are not negative; these were depth %d, size %d, path length %d, changes %d."
              .formatted(depth, size, pathLength, changes));
    }
  }

  /**
   * Returns the limits that hold where none are given: depth 64, size 1,048,576, path length 1,024,
   * changes 1,000.
   *
   * @return the limits
   */
  public static RecordLimits standard() {
    return STANDARD;
  }

  /**
   * Returns limits that nothing exceeds, for what was accepted before.
   *
   * @return the limits
   */
  public static RecordLimits unlimited() {
    return NONE;
  }

  /**
   * Returns these limits with another size.
   *
   * @param limit how many characters the JSON may have
   * @return the limits
   */
  public RecordLimits withSize(long limit) {
    return new RecordLimits(depth, limit, pathLength, changes);
  }

  /**
   * Returns these limits with another depth.
   *
   * @param limit how many objects and arrays may be nested
   * @return the limits
   */
  public RecordLimits withDepth(int limit) {
    return new RecordLimits(limit, size, pathLength, changes);
  }

  /** Refuses a value that is too deep or too large. */
  void check(Tree value) {
    if (value.depth() > depth) {
      throw new RefusedException(
          "too-large",
          "A record is at most %d objects and arrays deep, and this would be %d."
              .formatted(depth, value.depth()));
    }
    if (size != Long.MAX_VALUE && measure(value) > size) {
      throw new RefusedException(
          "too-large",
          "A record has at most %d characters of JSON, and this would have %d. Keep what is large elsewhere."
              .formatted(size, measure(value)));
    }
  }

  private static long measure(Tree value) {
    return value.fold(
        object -> {
          long sum = 2;
          for (Map.Entry<String, Tree> member : object.members().entrySet()) {
            sum += member.getKey().length() + 4 + measure(member.getValue());
          }
          return sum;
        },
        array -> array.elements().stream().mapToLong(element -> 1 + measure(element)).sum() + 2,
        text -> text.length() + 2L,
        number -> (long) number.toString().length(),
        bool -> 5L,
        () -> 4L);
  }
}
