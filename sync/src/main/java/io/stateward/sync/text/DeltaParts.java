package io.stateward.sync.text;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The parts of an edit as values, each made when it is asked for. */
final class DeltaParts extends AbstractList<TextDelta.Part> implements RandomAccess {

  private final TextDelta delta;

  DeltaParts(TextDelta delta) {
    this.delta = delta;
  }

  @Override
  public TextDelta.Part get(int part) {
    String text = delta.text(part);
    if (text != null) {
      return new TextDelta.Insert(text);
    }
    int count = delta.length(part);
    return delta.isDelete(part) ? new TextDelta.Delete(count) : new TextDelta.Retain(count);
  }

  @Override
  public int size() {
    return delta.size();
  }
}
