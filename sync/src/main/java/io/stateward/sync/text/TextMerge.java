package io.stateward.sync.text;

/**
 * Merging of texts whose common history is not at hand: what changed between two versions, and what
 * one side changed brought to the other's version.
 *
 * <pre>{@code
 * TextDelta changed = TextMerge.diff("red green", "red or green");         // [4,"or "]
 * TextDelta mine = TextDelta.replace(0, 3, "blue");                        // made of "red green"
 * TextDelta merged = TextMerge.threeWay("red green", mine, "red or green");
 * merged.apply("red or green");                                            // "blue or green"
 * }</pre>
 *
 * <p>This guesses what was meant from the texts alone. Where the edits themselves are at hand,
 * transforming or merging them is exact.
 *
 * <p><b>Thread safety.</b> Static functions of immutable values.
 *
 * <p><b>Failure.</b> A text with half a surrogate pair is refused with an {@link
 * IllegalArgumentException}.
 *
 * <p><b>Cost.</b> The length of the texts times the number of differences, and some tenths of a
 * second at most: where two versions differ in too much, what is between their common start and end
 * counts as replaced, line by line as far as lines can be told apart.
 *
 * @since 0.1
 */
public final class TextMerge {

  private static final int TIDIED = 64; // code points that a comparison may add to read better

  private TextMerge() {}

  /**
   * Returns the edit that makes one version of a text of another, with few changes.
   *
   * @param was the version before
   * @param now the version after
   * @return an edit of {@code was} that makes {@code now}, always the same for the same versions
   * @throws IllegalArgumentException if a surrogate lacks its other half
   */
  public static TextDelta diff(String was, String now) {
    return TextDiff.between(codePoints(was), codePoints(now));
  }

  /**
   * Returns the edit that makes one version of a text of another, with few changes.
   *
   * @param was the version before
   * @param now the version after
   * @return an edit of {@code was} that makes {@code now}, always the same for the same versions
   */
  public static TextDelta diff(Text was, Text now) {
    return was.root() == now.root() ? TextDelta.empty() : diff(was.toString(), now.toString());
  }

  /**
   * Returns what I changed as an edit of their version.
   *
   * <p>What both did is done once: a deletion that both made, and an insertion of mine that theirs
   * has at the same place, or has the beginning of. Where both inserted otherwise at one place,
   * theirs goes first.
   *
   * @param base the version that both sides began with
   * @param mine an edit of the base
   * @param theirs their version
   * @return an edit of {@code theirs}
   * @throws IllegalArgumentException if the base is too short for my edit, or if a surrogate lacks
   *     its other half
   */
  public static TextDelta threeWay(String base, TextDelta mine, String theirs) {
    return ThreeWay.merge(sane(diff(base, mine.apply(base)), mine), diff(base, theirs));
  }

  /**
   * Returns what I changed as an edit of their version, as {@link #threeWay(String, TextDelta,
   * String)} does.
   *
   * @param base the version that both sides began with
   * @param mine an edit of the base
   * @param theirs their version
   * @return an edit of {@code theirs}
   * @throws IllegalArgumentException if the base is too short for my edit
   */
  public static TextDelta threeWay(Text base, TextDelta mine, Text theirs) {
    return threeWay(base.toString(), mine, theirs.toString());
  }

  /**
   * A comparison finds what my edits come to in the end, in the places where a comparison finds
   * theirs. Where there was too much to compare, it says that far more changed than I did; what I
   * left alone must not count as typed by me.
   */
  private static TextDelta sane(TextDelta compared, TextDelta mine) {
    return touched(compared) <= 2 * touched(mine) + TIDIED ? compared : mine;
  }

  private static long touched(TextDelta delta) {
    long touched = 0;
    for (int part = 0; part < delta.size(); part++) {
      if (delta.text(part) != null || delta.isDelete(part)) {
        touched += delta.length(part);
      }
    }
    return touched;
  }

  private static int[] codePoints(String text) {
    CodePoints.count(text);
    return text.codePoints().toArray();
  }
}
