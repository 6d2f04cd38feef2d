package io.stateward.sync.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Edits to apply one after the other, last in, first out, to a text that others edit meanwhile. */
final class UndoStack {

  /*
   * The edit on top applies to the text as it was when the edit was put here, and so does the one
   * below it to the text that the one above leaves. What others did since is kept beside the edit
   * on top, and is only brought past it when the edit is taken:
   *
   *     text then --others--> text now
   *        |                     |
   *       top            top, transformed
   *        |                     |
   *      text  --others'-->   result
   *
   * others' is what they did as seen by the edit below. So an edit of others costs the same however
   * high the stack is.
   */

  private final Deque<Entry> entries = new ArrayDeque<>(); // the top is first
  private final List<TextDelta> others = new ArrayList<>(); // since the top was put here
  private final int capacity;

  UndoStack(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void clear() {
    entries.clear();
    others.clear();
  }

  void push(TextDelta delta) {
    keepOthers();
    entries.push(new Entry(delta, TextDelta.empty()));
    if (entries.size() > capacity) {
      entries.removeLast();
    }
  }

  /**
   * Takes the edit on top, as it applies to the text now; one of which nothing is left is empty.
   */
  TextDelta pop() {
    keepOthers();
    Entry top = entries.pop();
    if (!entries.isEmpty()) {
      Entry below = entries.pop();
      TextDelta past = top.others.transform(top.delta, Side.RIGHT);
      entries.push(new Entry(below.delta, below.others.compose(past)));
    }
    return top.delta.transform(top.others, Side.LEFT);
  }

  /**
   * Notes what others did to the text now. Runs of about the same number of parts are composed, so
   * that each edit is composed only a few times.
   */
  void theirs(TextDelta delta) {
    if (entries.isEmpty()) {
      return;
    }
    others.add(delta);
    for (int last = others.size() - 1;
        last > 0 && weight(others.get(last - 1)) <= 2 * weight(others.get(last));
        last--) {
      TextDelta later = others.remove(last);
      others.set(last - 1, others.get(last - 1).compose(later));
    }
  }

  private static long weight(TextDelta delta) {
    long weight = delta.size();
    for (int part = 0; part < delta.size(); part++) {
      weight += delta.text(part) == null ? 0 : delta.length(part) / 16;
    }
    return weight;
  }

  private void keepOthers() {
    TextDelta all = TextDelta.empty();
    for (int index = others.size() - 1; index >= 0; index--) {
      all = others.get(index).compose(all);
    }
    others.clear();
    if (!all.isEmpty()) {
      Entry top = entries.pop();
      entries.push(new Entry(top.delta, top.others.compose(all)));
    }
  }

  /** An edit, and what others did to the text to which it applies since it was put here. */
  private record Entry(TextDelta delta, TextDelta others) {}
}
