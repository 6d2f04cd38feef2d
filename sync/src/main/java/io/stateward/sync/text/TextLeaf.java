package io.stateward.sync.text;

import java.util.function.Consumer;

/** A run of characters, short enough to be copied at every change. */
final class TextLeaf implements TextNode {

  /*
   * A change copies one leaf and the branches above it. Long leaves cost time, short ones cost
   * memory: some 90 bytes each. Leaves are half full at worst where text was typed, and those that
   * deleting leaves small join their neighbours.
   */
  static final int CAPACITY = 1024;
  private static final int SMALL = CAPACITY / 4;

  static final TextLeaf EMPTY = new TextLeaf("", 0, 0);

  private final String text;
  private final int codePoints;
  private final int newlines;

  private TextLeaf(String text, int codePoints, int newlines) {
    this.text = text;
    this.codePoints = codePoints;
    this.newlines = newlines;
  }

  static TextLeaf of(String text) {
    return of(text, text.codePointCount(0, text.length()));
  }

  static TextLeaf of(String text, int codePoints) {
    return codePoints == 0
        ? EMPTY
        : new TextLeaf(text, codePoints, newlines(text, 0, text.length()));
  }

  String text() {
    return text;
  }

  @Override
  public int codePoints() {
    return codePoints;
  }

  @Override
  public int chars() {
    return text.length();
  }

  @Override
  public int newlines() {
    return newlines;
  }

  @Override
  public int height() {
    return 0;
  }

  /** Tells whether this leaf is so small that it becomes a part of its neighbour. */
  boolean joins(TextLeaf neighbour) {
    return chars() <= SMALL && chars() + neighbour.chars() <= CAPACITY / 2;
  }

  @Override
  public TextNode replace(int from, int to, TextLeaf added) {
    int start = charIndex(from);
    int end = from == to ? start : CodePoints.advance(text, start, to - from);
    String changed = text.substring(0, start) + added.text + text.substring(end);
    int left = codePoints - (to - from) + added.codePoints;
    int lines = newlines - newlines(text, start, end) + added.newlines;
    if (changed.length() <= CAPACITY) {
      return left == 0 ? EMPTY : new TextLeaf(changed, left, lines);
    }
    int middle = CodePoints.boundary(changed, changed.length() >>> 1);
    return new TextBranch(of(changed.substring(0, middle)), of(changed.substring(middle)));
  }

  @Override
  public void collect(int from, int to, StringBuilder target) {
    target.append(text.substring(charIndex(from), charIndex(to)));
  }

  @Override
  public int charIndex(int codePoint) {
    return codePoints == text.length() ? codePoint : CodePoints.advance(text, 0, codePoint);
  }

  @Override
  public int codePointIndex(int charIndex) {
    return codePoints == text.length()
        ? charIndex
        : text.codePointCount(0, CodePoints.boundary(text, charIndex));
  }

  @Override
  public int codePointAt(int position) {
    return text.codePointAt(charIndex(position));
  }

  @Override
  public int afterNewline(int newline) {
    int found = text.indexOf('\n');
    for (int passed = 0; passed < newline; passed++) {
      found = text.indexOf('\n', found + 1);
    }
    return codePointIndex(found + 1);
  }

  @Override
  public int newlinesBefore(int codePoint) {
    return newlines == 0 ? 0 : newlines(text, 0, charIndex(codePoint));
  }

  @Override
  public TextLeaf firstLeaf() {
    return this;
  }

  @Override
  public TextLeaf lastLeaf() {
    return this;
  }

  @Override
  public void forEachLeaf(Consumer<? super TextLeaf> action) {
    action.accept(this);
  }

  @Override
  public int stringHash() {
    return text.hashCode();
  }

  private static int newlines(String text, int from, int to) {
    int count = 0;
    for (int index = from; index < to; index++) {
      count += text.charAt(index) == '\n' ? 1 : 0;
    }
    return count;
  }
}
