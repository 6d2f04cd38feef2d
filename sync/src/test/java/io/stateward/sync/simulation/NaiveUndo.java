package io.stateward.sync.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The naive model of what one person can undo: stacks of what was typed and deleted at a time. It
 * knows characters alone, so it can tell only where each is there once, and by whom.
 */
final class NaiveUndo {

  /** What an edit put in and took out. */
  record Group(List<Integer> typed, List<Integer> deleted) {

    /** Returns what taking it back does to a text: what it puts in, and what it takes out. */
    private Group inverse(List<Integer> text) {
      return new Group(deleted, typed.stream().filter(text::contains).toList());
    }

    private boolean isEmpty() {
      return typed.isEmpty() && deleted.isEmpty();
    }
  }

  // What is known of the stacks: the upper part.
  private final Deque<Group> done = new ArrayDeque<>();
  private final Deque<Group> undone = new ArrayDeque<>();
  private final Set<Integer> typed; // in all lives of who does it, as deleted
  private final Set<Integer> deleted;

  NaiveUndo(Set<Integer> typed, Set<Integer> deleted) {
    this.typed = typed;
    this.deleted = deleted;
  }

  void edited(Group group) {
    done.push(group);
    undone.clear();
    note(group);
  }

  private void note(Group group) {
    typed.addAll(group.typed);
    deleted.addAll(group.deleted);
  }

  /**
   * The text was replaced by one that only looks like it: what was mine may not be known as such.
   */
  void corrected() {
    done.clear();
    undone.clear();
  }

  /**
   * Compares what undoing or redoing did with what it should do.
   *
   * @param redo which of both it was
   * @param before the text before it
   * @param did what it did
   * @param ambiguous characters that others have put in once more
   * @return what is wrong; empty if nothing is known to be
   */
  String moved(boolean redo, List<Integer> before, Group did, Set<Integer> ambiguous) {
    String wrong = "";
    if (!typed.containsAll(did.deleted)) {
      wrong = "it takes out what others typed";
    } else if (!deleted.containsAll(did.typed)) {
      wrong = "it puts in what was never taken out here";
    }
    Deque<Group> from = redo ? undone : done;
    Group expected = new Group(List.of(), List.of());
    while (expected.isEmpty() && !from.isEmpty()) {
      expected = from.pop().inverse(before);
    }
    (redo ? done : undone).push(did);
    note(did);
    boolean vague =
        expected.isEmpty() // what is older may be undone too
            || touches(did, ambiguous)
            || touches(expected, ambiguous);
    boolean same =
        without(did.typed, ambiguous).equals(without(expected.typed, ambiguous))
            && without(did.deleted, ambiguous).equals(without(expected.deleted, ambiguous));
    return wrong.isEmpty() && !same && !vague
        ? "it is %s, and not %s".formatted(did, expected)
        : wrong;
  }

  private static boolean touches(Group group, Set<Integer> points) {
    return group.typed.stream().anyMatch(points::contains)
        || group.deleted.stream().anyMatch(points::contains);
  }

  private static Set<Integer> without(List<Integer> points, Set<Integer> others) {
    Set<Integer> rest = new HashSet<>(points);
    rest.removeAll(others);
    return rest;
  }

  /** Returns what of one list is not in another. */
  static List<Integer> lacking(List<Integer> all, List<Integer> other) {
    List<Integer> rest = new ArrayList<>(all);
    other.forEach(point -> rest.remove((Object) point));
    return rest;
  }
}
