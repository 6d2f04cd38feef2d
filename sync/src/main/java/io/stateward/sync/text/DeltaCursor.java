package io.stateward.sync.text;

import org.jspecify.annotations.Nullable;

/** A place in the parts of an edit, from which they are taken piece by piece. */
final class DeltaCursor {

  private final TextDelta delta;
  private int part;
  private int taken; // code points of the part that are taken
  private int takenChars; // chars of its text that are taken

  DeltaCursor(TextDelta delta) {
    this.delta = delta;
  }

  boolean hasNext() {
    return part < delta.size();
  }

  /** Tells how many code points are left in the part that is next. */
  int left() {
    return delta.length(part) - taken;
  }

  boolean isInsert() {
    return hasNext() && delta.text(part) != null;
  }

  boolean isDelete() {
    return hasNext() && delta.isDelete(part);
  }

  /** Passes over code points of the part that is next. */
  void skip(int count) {
    take(count, null);
  }

  /** Moves code points of the part that is next to the end of an edit in the making. */
  void take(int count, @Nullable TextDeltaBuilder target) {
    String text = delta.text(part);
    if (text != null) {
      takeText(text, count, target);
    } else if (target != null) {
      if (delta.isDelete(part)) {
        target.delete(count);
      } else {
        target.retain(count);
      }
    }
    taken += count;
    if (taken == delta.length(part)) {
      part++;
      taken = 0;
      takenChars = 0;
    }
  }

  private void takeText(String text, int count, @Nullable TextDeltaBuilder target) {
    boolean toEnd = count == left();
    int end = toEnd ? text.length() : CodePoints.advance(text, takenChars, count);
    if (target != null) {
      target.insert(text.substring(takenChars, end), count);
    }
    takenChars = end;
  }

  void takeAll(TextDeltaBuilder target) {
    while (hasNext()) {
      take(left(), target);
    }
  }
}
