package io.stateward.sync.text;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * A text of which a part is changed without copying the rest.
 *
 * <pre>{@code
 * Text before = Text.of("Hello 😅");
 * Text after = before.apply(TextDelta.insert(5, ", world"));
 * after.toString();              // "Hello, world 😅"
 * before.toString();             // "Hello 😅"
 * after.length();                // 14 code points
 * after.chars();                 // 15 chars, as String counts
 * after.substring(7, 12);        // "world"
 * after.charIndex(14);           // 15: where an editor that counts chars has position 14
 * }</pre>
 *
 * <p>Positions are code points, between which a position lies: 0 is before the first, {@link
 * #length()} after the last. Ranges include their start and exclude their end. Lines are counted
 * from 0 and end after each {@code \n}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> A position outside the text is refused with an {@link
 * IllegalArgumentException} that has the values.
 *
 * <p><b>Cost.</b> A change costs time logarithmic in the text for each part of the edit, and shares
 * with the text before whatever it leaves alone. Asking for a position or a line is logarithmic.
 * {@link #toString()}, {@link #equals} and {@link #hashCode()} read the whole text. A long text
 * takes about 1.2 bytes for a char where all are Latin-1, else up to 2.2.
 *
 * @since 0.1
 */
public final class Text {

  private static final Text EMPTY = new Text(TextLeaf.EMPTY);

  private final TextNode root;

  private Text(TextNode root) {
    this.root = root;
  }

  /**
   * Returns the text without characters.
   *
   * @return the empty text
   */
  public static Text empty() {
    return EMPTY;
  }

  /**
   * Returns a text.
   *
   * @param text its characters
   * @return the text
   * @throws IllegalArgumentException if a surrogate lacks its other half
   */
  public static Text of(String text) {
    return CodePoints.count(text) == 0 ? EMPTY : new Text(TextNode.of(text));
  }

  /**
   * Returns this text after an edit.
   *
   * @param delta the edit
   * @return the changed text
   * @throws IllegalArgumentException if this text is too short for the edit
   */
  public Text apply(TextDelta delta) {
    DeltaOnText.requireFit(delta, length());
    TextNode changed = DeltaOnText.apply(delta, root);
    return changed == root ? this : new Text(changed);
  }

  /**
   * Returns how long this text is.
   *
   * @return code points
   */
  public int length() {
    return root.codePoints();
  }

  /**
   * Returns how long a string of this text is.
   *
   * @return chars, which are UTF-16 code units
   */
  public int chars() {
    return root.chars();
  }

  /**
   * Returns how many lines this text has.
   *
   * @return one more than the line feeds in it
   */
  public int lines() {
    return root.newlines() + 1;
  }

  /**
   * Tells whether this text has no characters.
   *
   * @return whether its length is 0
   */
  public boolean isEmpty() {
    return length() == 0;
  }

  /**
   * Returns a part of this text.
   *
   * @param from the position of its first code point
   * @param to the position after its last
   * @return the part
   * @throws IllegalArgumentException if a position is outside the text, or if the part ends before
   *     it starts
   */
  public String substring(int from, int to) {
    require("position", from, length());
    require("position", to, length());
    if (from > to) {
      throw new IllegalArgumentException(
          "A part from %d to %d ends before it starts.".formatted(from, to));
    }
    StringBuilder part = new StringBuilder(to - from);
    root.collect(from, to, part);
    return part.toString();
  }

  /**
   * Returns the code point after a position.
   *
   * @param position from 0 to one less than the length
   * @return the code point
   * @throws IllegalArgumentException if nothing is there
   */
  public int codePointAt(int position) {
    require("position", position, length() - 1);
    return root.codePointAt(position);
  }

  /**
   * Returns where a position is in a string of this text.
   *
   * @param position from 0 to the length
   * @return how many chars are before it
   * @throws IllegalArgumentException if the position is outside the text
   */
  public int charIndex(int position) {
    require("position", position, length());
    return root.charIndex(position);
  }

  /**
   * Returns the position of a place in a string of this text.
   *
   * @param charIndex how many chars are before it, from 0 to {@link #chars()}
   * @return the position; between the two halves of a pair, the one before the pair
   * @throws IllegalArgumentException if the index is outside the text
   */
  public int codePointIndex(int charIndex) {
    require("char", charIndex, chars());
    return root.codePointIndex(charIndex);
  }

  /**
   * Returns where a line starts.
   *
   * @param line from 0 to one less than {@link #lines()}
   * @return the position of its first code point
   * @throws IllegalArgumentException if there is no such line
   */
  public int lineStart(int line) {
    require("line", line, root.newlines());
    return line == 0 ? 0 : root.afterNewline(line - 1);
  }

  /**
   * Returns the line in which a position is.
   *
   * @param position from 0 to the length
   * @return the line, counted from 0
   * @throws IllegalArgumentException if the position is outside the text
   */
  public int lineAt(int position) {
    require("position", position, length());
    return root.newlinesBefore(position);
  }

  /**
   * Gives the characters from the first to the last in pieces, without making one string of them.
   *
   * @param action called with each piece, none of which splits a code point
   */
  public void forEachPiece(Consumer<? super String> action) {
    root.forEachLeaf(leaf -> action.accept(leaf.text()));
  }

  /**
   * Writes this text.
   *
   * @param target where to
   * @throws IOException if the target throws it
   */
  public void writeTo(Appendable target) throws IOException {
    for (Iterator<TextLeaf> leaves = new TextLeaves(root); leaves.hasNext(); ) {
      target.append(leaves.next().text());
    }
  }

  TextNode root() {
    return root;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text that
        && root.chars() == that.root.chars()
        && TextLeaves.same(root, that.root);
  }

  /** Returns the hash code of the string of this text. */
  @Override
  public int hashCode() {
    return root.stringHash();
  }

  /** Returns the characters as a string, made when asked for. */
  @Override
  public String toString() {
    if (root instanceof TextLeaf leaf) {
      return leaf.text();
    }
    StringBuilder all = new StringBuilder(root.chars());
    root.forEachLeaf(leaf -> all.append(leaf.text()));
    return all.toString();
  }

  private static void require(String what, int given, int last) {
    if (given < 0 || given > last) {
      throw new IllegalArgumentException(
          "There is no %s %d in this text, where they go from 0 to %d."
              .formatted(what, given, last));
    }
  }
}
