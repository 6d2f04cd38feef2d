package io.stateward.sync.text;

import java.util.function.Consumer;

/**
 * A part of a text: a leaf with characters, or a branch of two nodes whose heights differ by one at
 * most. Immutable, so a changed text shares what did not change.
 */
sealed interface TextNode permits TextLeaf, TextBranch {

  int codePoints();

  int chars();

  int newlines();

  /** Returns how many branches are above the deepest leaf. */
  int height();

  /**
   * Returns this node with a run of code points replaced by a text of at most {@link
   * TextLeaf#CAPACITY} chars.
   *
   * @param from the first code point to replace
   * @param to the first after it that stays
   */
  TextNode replace(int from, int to, TextLeaf text);

  /** Adds a run of code points to the end of a text in the making. */
  void collect(int from, int to, StringBuilder target);

  /** Returns the char at which a code point begins. */
  int charIndex(int codePoint);

  /** Returns the code point to which a char belongs. */
  int codePointIndex(int charIndex);

  /** Returns the code point after the newline of that number, counted from 0. */
  int afterNewline(int newline);

  /** Returns how many newlines are before a code point. */
  int newlinesBefore(int codePoint);

  /** Returns the code point at a position. */
  int codePointAt(int position);

  TextLeaf firstLeaf();

  TextLeaf lastLeaf();

  /** Gives the leaves from the first to the last. */
  void forEachLeaf(Consumer<? super TextLeaf> action);

  /** Returns the hash code that a string of these chars has. */
  int stringHash();

  /** Returns the node of a text that is well-formed, as low as it can be. */
  static TextNode of(String text) {
    return of(text, 0, text.length());
  }

  private static TextNode of(String text, int from, int to) {
    if (to - from <= TextLeaf.CAPACITY) {
      return TextLeaf.of(text.substring(from, to));
    }
    int middle = CodePoints.boundary(text, (from + to) >>> 1);
    return new TextBranch(of(text, from, middle), of(text, middle, to));
  }

  /** Returns a node with a text of any length, which is well-formed, put in at a code point. */
  static TextNode insert(TextNode node, int place, String text, int codePoints) {
    if (text.length() <= TextLeaf.CAPACITY) {
      return node.replace(place, place, TextLeaf.of(text, codePoints));
    }
    TextNode before = node.replace(place, node.codePoints(), TextLeaf.EMPTY);
    TextNode after = node.replace(0, place, TextLeaf.EMPTY);
    return join(join(before, of(text)), after);
  }

  /**
   * Returns the node of one text after another: balanced as AVL trees are (Adelson-Velsky and
   * Landis, 1962), joined as in Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered Sets",
   * SPAA 2016. Small leaves that meet become one, so that a text is not worn into crumbs.
   */
  static TextNode join(TextNode left, TextNode right) {
    if (left.chars() == 0) {
      return right;
    }
    if (right.chars() == 0) {
      return left;
    }
    if (right instanceof TextLeaf leaf && leaf.joins(left.lastLeaf())) {
      return left.replace(left.codePoints(), left.codePoints(), leaf);
    }
    if (left instanceof TextLeaf leaf && leaf.joins(right.firstLeaf())) {
      return right.replace(0, 0, leaf);
    }
    int difference = left.height() - right.height();
    if (difference > 1) {
      TextBranch high = (TextBranch) left;
      return TextBranch.balanced(high.left(), join(high.right(), right));
    }
    if (difference < -1) {
      TextBranch high = (TextBranch) right;
      return TextBranch.balanced(join(left, high.left()), high.right());
    }
    return new TextBranch(left, right);
  }
}
