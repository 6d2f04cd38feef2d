package io.stateward.sync.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a walker has prepared: one for each of the authors who came last, as soon as it
 * was more work to go back and forth between them than it is to keep another version.
 */
final class WalkerViews {

  private static final int DEAR = 2; // moves for each place that would have to be copied

  private final WalkerTree tree;
  private final int[][] versions = new int[WalkerItem.VIEWS][];
  private final @Nullable String[] authors = new @Nullable String[WalkerItem.VIEWS];
  private int open = 1;
  private int shown;
  private long moves; // since the last version was added

  WalkerViews(WalkerTree tree, int base) {
    this.tree = tree;
    versions[0] = new int[] {base};
  }

  /** Returns which view is shown. */
  int shown() {
    return shown;
  }

  void countMove() {
    moves++;
  }

  /** Says what version is prepared now in the view that is shown. */
  void set(int[] version) {
    versions[shown] = version;
  }

  /** Shows the view that is best to prepare a version in; returns the version it has. */
  int[] choose(int[] next, String author) {
    int best = find(next, author);
    if (best < 0) {
      best = open < WalkerItem.VIEWS && moves > (long) DEAR * tree.size() ? copy() : shown;
    }
    show(best);
    authors[best] = author;
    return versions[best];
  }

  private int find(int[] next, String author) {
    for (int view = 0; view < open; view++) {
      if (Arrays.equals(versions[view], next)) {
        return view;
      }
    }
    for (int view = 0; view < open; view++) {
      if (author.equals(authors[view])) {
        return view;
      }
    }
    return -1;
  }

  private int copy() {
    moves = 0;
    tree.copyTo(open);
    versions[open] = versions[shown];
    return open++;
  }

  private void show(int view) {
    shown = view;
    tree.show(view);
  }
}
