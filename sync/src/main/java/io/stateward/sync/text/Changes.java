package io.stateward.sync.text;

/** Changes of a text, each made after the one before and not further left than it. */
final class Changes {

  private final EventColumns columns;
  private final TextDeltaBuilder delta = TextDelta.builder();
  private int at; // in the text as the changes so far leave it

  Changes(EventColumns columns) {
    this.columns = columns;
  }

  void insert(int position, int unit, int count) {
    delta.retain(position - at).insert(columns.textOf(unit, count), count);
    at = position + count;
  }

  void delete(int position, int count) {
    delta.retain(position - at).delete(count);
    at = position;
  }

  TextDelta toDelta() {
    return delta.build();
  }
}
