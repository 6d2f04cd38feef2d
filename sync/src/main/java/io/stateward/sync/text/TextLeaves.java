package io.stateward.sync.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The leaves of a node, from the first to the last. */
final class TextLeaves implements Iterator<TextLeaf> {

  private final Deque<TextNode> ahead = new ArrayDeque<>();

  TextLeaves(TextNode root) {
    ahead.push(root);
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  @Override
  public TextLeaf next() {
    TextNode node = ahead.pop();
    while (node instanceof TextBranch branch) {
      ahead.push(branch.right());
      node = branch.left();
    }
    return (TextLeaf) node;
  }

  /** Tells whether two nodes of as many chars have the same ones. */
  static boolean same(TextNode one, TextNode other) {
    if (one == other) {
      return true;
    }
    // A text that was changed shares most of its nodes, which need not be read.
    if (one instanceof TextBranch mine
        && other instanceof TextBranch theirs
        && mine.left().chars() == theirs.left().chars()) {
      return same(mine.left(), theirs.left()) && same(mine.right(), theirs.right());
    }
    return sameChars(one, other);
  }

  private static boolean sameChars(TextNode one, TextNode other) {
    TextLeaves those = new TextLeaves(other);
    String theirs = "";
    int at = 0;
    for (TextLeaves these = new TextLeaves(one); these.hasNext(); ) {
      String mine = these.next().text();
      for (int done = 0; done < mine.length(); ) {
        if (at == theirs.length()) {
          theirs = those.next().text();
          at = 0;
        }
        int count = Math.min(mine.length() - done, theirs.length() - at);
        if (!mine.regionMatches(done, theirs, at, count)) {
          return false;
        }
        done += count;
        at += count;
      }
    }
    return true;
  }
}
