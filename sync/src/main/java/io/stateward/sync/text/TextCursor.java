package io.stateward.sync.text;

/**
 * A place in a text that stays where it was put while the text around it is edited.
 *
 * <pre>{@code
 * TextCursor cursor = TextCursor.at(5);
 * cursor.moved(TextDelta.insert(0, "ab"));     // at 7
 * cursor.moved(TextDelta.insert(5, "ab"));     // at 5: others write after it
 * cursor.typed(TextDelta.insert(5, "ab"));     // at 7: I write before it
 * cursor.moved(TextDelta.delete(2, 9));        // at 2: where what was around it was
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param position how many code points are before it
 * @param bias where it goes when others insert exactly there
 * @since 0.1
 */
public record TextCursor(int position, Bias bias) {

  /**
   * Creates a cursor.
   *
   * @param position how many code points are before it
   * @param bias where it goes when others insert exactly there
   * @throws IllegalArgumentException if the position is below zero
   */
  public TextCursor {
    if (position < 0) {
      throw new IllegalArgumentException(
          "A cursor cannot be at %d, before the text; give 0 or more.".formatted(position));
    }
  }

  /**
   * Returns a cursor before which others do not write: it stays before what they insert there.
   *
   * @param position how many code points are before it
   * @return the cursor
   * @throws IllegalArgumentException if the position is below zero
   */
  public static TextCursor at(int position) {
    return new TextCursor(position, Bias.BEFORE);
  }

  /**
   * Returns this cursor after somebody else's edit.
   *
   * @param delta an edit of the text in which this cursor is
   * @return the cursor in the text after the edit
   */
  public TextCursor moved(TextDelta delta) {
    return new TextCursor(delta.transformPosition(position, bias), bias);
  }

  /**
   * Returns this cursor after an edit of whom it belongs to: it is after what they inserted there.
   *
   * @param delta an edit of the text in which this cursor is
   * @return the cursor in the text after the edit
   */
  public TextCursor typed(TextDelta delta) {
    return new TextCursor(delta.transformPosition(position, Bias.AFTER), bias);
  }
}
