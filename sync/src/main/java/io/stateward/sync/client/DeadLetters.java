package io.stateward.sync.client;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The dead letters of a document, the oldest first; the oldest go when there are too many.
 *
 * <p>Thread safety: guarded by the lock of its document.
 */
final class DeadLetters {

  private final String document;
  private final int most;
  private final List<DeadLetter> letters = new ArrayList<>();
  private List<DeadLetter> shown = List.of();
  private boolean moved;

  DeadLetters(String document, int most) {
    this.document = document;
    this.most = most;
  }

  /** Returns all of them: another list when they have changed. */
  List<DeadLetter> shown() {
    if (moved) {
      moved = false;
      shown = List.copyOf(letters);
    }
    return shown;
  }

  Collection<DeadLetter> all() {
    return letters;
  }

  void restore(List<DeadLetter> stored) {
    stored.forEach(this::add);
  }

  /** Keeps a change that was refused. */
  void add(Tree change, long id, Verdict.Refused why) {
    Tree current = why.current();
    boolean tooDeep = current != null && current.depth() > OutboxForm.DEEPEST;
    add(new DeadLetter(document, id, change, why.code(), why.reason(), tooDeep ? null : current));
  }

  private void add(DeadLetter letter) {
    if (letters.size() == most) {
      letters.remove(0);
    }
    letters.add(letter);
    moved = true;
  }

  /** Returns how many came after the first that is meant; -1 if there is none. */
  int find(Predicate<DeadLetter> which) {
    for (int i = 0; i < letters.size(); i++) {
      if (which.test(letters.get(i))) {
        return letters.size() - 1 - i;
      }
    }
    return -1;
  }

  /** Removes the one after which so many came, if it is still there. */
  void remove(int later) {
    int index = letters.size() - 1 - later;
    if (index >= 0) {
      letters.remove(index);
      moved = true;
    }
  }
}
