package io.stateward.sync.text;

import java.util.function.Consumer;

/** Two nodes, one after the other. */
final class TextBranch implements TextNode {

  private final TextNode left;
  private final TextNode right;
  private final int chars;
  private final int codePoints;
  private final int newlines;
  private final byte height;

  TextBranch(TextNode left, TextNode right) {
    this.left = left;
    this.right = right;
    chars = Math.addExact(left.chars(), right.chars());
    codePoints = left.codePoints() + right.codePoints();
    newlines = left.newlines() + right.newlines();
    height = (byte) (1 + Math.max(left.height(), right.height()));
  }

  /** Returns the branch of two nodes whose heights differ by two at most, rotated if they do. */
  static TextNode balanced(TextNode left, TextNode right) {
    int difference = left.height() - right.height();
    if (difference > 1) {
      TextBranch high = (TextBranch) left;
      return high.right.height() <= high.left.height()
          ? new TextBranch(high.left, new TextBranch(high.right, right))
          : raised(high.left, (TextBranch) high.right, right);
    }
    if (difference < -1) {
      TextBranch high = (TextBranch) right;
      return high.left.height() <= high.right.height()
          ? new TextBranch(new TextBranch(left, high.left), high.right)
          : raised(left, (TextBranch) high.left, high.right);
    }
    return new TextBranch(left, right);
  }

  private static TextBranch raised(TextNode left, TextBranch middle, TextNode right) {
    return new TextBranch(new TextBranch(left, middle.left), new TextBranch(middle.right, right));
  }

  TextNode left() {
    return left;
  }

  TextNode right() {
    return right;
  }

  @Override
  public int codePoints() {
    return codePoints;
  }

  @Override
  public int chars() {
    return chars;
  }

  @Override
  public int newlines() {
    return newlines;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public TextNode replace(int from, int to, TextLeaf text) {
    if (from == 0 && to == codePoints) {
      return text;
    }
    int split = left.codePoints();
    if (to <= split) {
      return TextNode.join(left.replace(from, to, text), right);
    }
    if (from >= split) {
      return TextNode.join(left, right.replace(from - split, to - split, text));
    }
    return TextNode.join(
        left.replace(from, split, text), right.replace(0, to - split, TextLeaf.EMPTY));
  }

  @Override
  public void collect(int from, int to, StringBuilder target) {
    int split = left.codePoints();
    if (from < split) {
      left.collect(from, Math.min(to, split), target);
    }
    if (to > split) {
      right.collect(Math.max(from, split) - split, to - split, target);
    }
  }

  @Override
  public int charIndex(int codePoint) {
    int split = left.codePoints();
    return codePoint <= split
        ? left.charIndex(codePoint)
        : left.chars() + right.charIndex(codePoint - split);
  }

  @Override
  public int codePointIndex(int charIndex) {
    int split = left.chars();
    return charIndex <= split
        ? left.codePointIndex(charIndex)
        : left.codePoints() + right.codePointIndex(charIndex - split);
  }

  @Override
  public int codePointAt(int position) {
    int split = left.codePoints();
    return position < split ? left.codePointAt(position) : right.codePointAt(position - split);
  }

  @Override
  public int afterNewline(int newline) {
    int split = left.newlines();
    return newline < split
        ? left.afterNewline(newline)
        : left.codePoints() + right.afterNewline(newline - split);
  }

  @Override
  public int newlinesBefore(int codePoint) {
    int split = left.codePoints();
    return codePoint <= split
        ? left.newlinesBefore(codePoint)
        : left.newlines() + right.newlinesBefore(codePoint - split);
  }

  @Override
  public TextLeaf firstLeaf() {
    return left.firstLeaf();
  }

  @Override
  public TextLeaf lastLeaf() {
    return right.lastLeaf();
  }

  @Override
  public void forEachLeaf(Consumer<? super TextLeaf> action) {
    left.forEachLeaf(action);
    right.forEachLeaf(action);
  }

  @Override
  public int stringHash() {
    return left.stringHash() * power(right.chars()) + right.stringHash();
  }

  /** Returns 31 to a power, modulo 2 to the 32nd. */
  private static int power(int exponent) {
    int result = 1;
    int square = 31;
    for (int left = exponent; left > 0; left >>>= 1) {
      result *= (left & 1) == 0 ? 1 : square;
      square *= square;
    }
    return result;
  }
}
