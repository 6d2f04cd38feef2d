package io.stateward.sync.text;

/**
 * A part of a text that was selected from one end, the anchor, to the other, the head, and stays
 * the same part while the text is edited. Where both are one, it is a caret.
 *
 * <pre>{@code
 * TextRange word = TextRange.of(6, 11);
 * word.moved(TextDelta.insert(0, "ab"));      // 8 to 13
 * word.moved(TextDelta.insert(11, "ab"));     // 6 to 11: what others insert at an end is outside
 * word.moved(TextDelta.insert(8, "ab"));      // 6 to 13
 * word.moved(TextDelta.delete(0, 20));        // a caret at 0
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param anchor where the selection began: how many code points are before it
 * @param head where it ends and grows: how many code points are before it
 * @since 0.1
 */
public record TextRange(int anchor, int head) {

  /**
   * Creates a range.
   *
   * @param anchor where the selection began: how many code points are before it
   * @param head where it ends and grows: how many code points are before it
   * @throws IllegalArgumentException if a position is below zero
   */
  public TextRange {
    if (anchor < 0 || head < 0) {
      throw new IllegalArgumentException(
          "A range cannot go from %d to %d, before the text; give 0 or more."
              .formatted(anchor, head));
    }
  }

  /**
   * Returns a range.
   *
   * @param anchor where the selection began: how many code points are before it
   * @param head where it ends and grows, perhaps before the anchor
   * @return the range
   * @throws IllegalArgumentException if a position is below zero
   */
  public static TextRange of(int anchor, int head) {
    return new TextRange(anchor, head);
  }

  /**
   * Returns a range without characters.
   *
   * @param position how many code points are before it
   * @return the range
   * @throws IllegalArgumentException if the position is below zero
   */
  public static TextRange caret(int position) {
    return new TextRange(position, position);
  }

  /**
   * Returns where the range starts, from whichever end it was selected.
   *
   * @return the lesser position
   */
  public int from() {
    return Math.min(anchor, head);
  }

  /**
   * Returns where the range ends, from whichever end it was selected.
   *
   * @return the greater position
   */
  public int to() {
    return Math.max(anchor, head);
  }

  /**
   * Tells whether the range has no characters.
   *
   * @return whether it is a caret
   */
  public boolean isCaret() {
    return anchor == head;
  }

  /**
   * Returns this range after somebody else's edit. A caret stays before what they insert there.
   *
   * @param delta an edit of the text of which this is a part
   * @return the same part of the text after the edit
   */
  public TextRange moved(TextDelta delta) {
    int end = delta.transformPosition(to(), Bias.BEFORE);
    int start = Math.min(end, delta.transformPosition(from(), Bias.AFTER));
    return anchor <= head ? new TextRange(start, end) : new TextRange(end, start);
  }

  /**
   * Returns the caret after an edit of whom this range belongs to.
   *
   * @param delta an edit of the text of which this is a part
   * @return the caret after what they inserted at the head
   */
  public TextRange typed(TextDelta delta) {
    return caret(delta.transformPosition(head, Bias.AFTER));
  }
}
