package io.stateward.sync.text;

/** Counting in code points, and what has none: a surrogate without its other half. */
final class CodePoints {

  private CodePoints() {}

  /**
   * Returns how many code points a text has.
   *
   * @throws IllegalArgumentException if a surrogate lacks its other half
   */
  static int count(CharSequence text) {
    int pairs = 0;
    int length = text.length();
    for (int index = 0; index < length; index++) {
      char found = text.charAt(index);
      if (Character.isSurrogate(found)) {
        if (!isPair(text, index)) {
          throw lone(found, index);
        }
        pairs++;
        index++;
      }
    }
    return length - pairs;
  }

  /** Returns the index of the char that is so many code points after another. */
  static int advance(CharSequence text, int index, int codePoints) {
    int found = index;
    for (int left = codePoints; left > 0; left--) {
      found += isPair(text, found) ? 2 : 1;
    }
    return found;
  }

  /** Returns a place between two chars, or the one before it where that is within a pair. */
  static int boundary(CharSequence text, int index) {
    return index > 0 && index < text.length() && isPair(text, index - 1) ? index - 1 : index;
  }

  private static boolean isPair(CharSequence text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  private static IllegalArgumentException lone(char found, int index) {
    return new IllegalArgumentException(
        ("The text has the surrogate U+%04X without its other half at char %d, so it is no sequence"
                + " of characters; insert a pair of surrogates whole.")
            .formatted((int) found, index));
  }
}
