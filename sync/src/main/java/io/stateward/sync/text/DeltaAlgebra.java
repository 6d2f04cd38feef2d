package io.stateward.sync.text;

/**
 * Composition and transformation of edits, part by part (Ellis and Gibbs, "Concurrency Control in
 * Groupware Systems", SIGMOD 1989; the order of parts at one place is that of ot-text-unicode).
 */
final class DeltaAlgebra {

  private DeltaAlgebra() {}

  static TextDelta compose(TextDelta first, TextDelta next) {
    DeltaCursor source = new DeltaCursor(first);
    TextDeltaBuilder result = new TextDeltaBuilder(first.size() + next.size());
    for (int part = 0; part < next.size(); part++) {
      String text = next.text(part);
      if (text != null) {
        result.insert(text, next.length(part));
      } else if (next.isDelete(part)) {
        deleteFrom(source, next.length(part), result);
      } else {
        retainFrom(source, next.length(part), result);
      }
    }
    source.takeAll(result);
    return result.build();
  }

  /** Keeps code points of what an edit leaves, along with what it deletes between them. */
  private static void retainFrom(DeltaCursor source, int count, TextDeltaBuilder result) {
    int left = count;
    while (left > 0 && source.hasNext()) {
      if (source.isDelete()) {
        source.take(source.left(), result);
      } else {
        int chunk = Math.min(left, source.left());
        source.take(chunk, result);
        left -= chunk;
      }
    }
    result.retain(left);
  }

  /** Deletes code points of what an edit leaves: what it inserted is then never inserted. */
  private static void deleteFrom(DeltaCursor source, int count, TextDeltaBuilder result) {
    int left = count;
    while (left > 0 && source.hasNext()) {
      if (source.isDelete()) {
        source.take(source.left(), result);
      } else {
        int chunk = Math.min(left, source.left());
        if (!source.isInsert()) {
          result.delete(chunk);
        }
        source.skip(chunk);
        left -= chunk;
      }
    }
    result.delete(left);
  }

  static TextDelta transform(TextDelta delta, TextDelta over, Side side) {
    DeltaCursor source = new DeltaCursor(delta);
    TextDeltaBuilder result = new TextDeltaBuilder(delta.size() + over.size());
    for (int part = 0; part < over.size() && source.hasNext(); part++) {
      if (over.text(part) != null) {
        if (side == Side.LEFT && source.isInsert()) {
          source.take(source.left(), result);
        }
        result.retain(over.length(part));
      } else {
        passOver(source, over.length(part), over.isDelete(part), result);
      }
    }
    source.takeAll(result);
    return result.build();
  }

  /** Passes over a part of the common text that the other edit keeps or deletes. */
  private static void passOver(
      DeltaCursor source, int count, boolean deleted, TextDeltaBuilder result) {
    int left = count;
    while (left > 0 && source.hasNext()) {
      if (source.isInsert()) {
        source.take(source.left(), result);
      } else {
        int chunk = Math.min(left, source.left());
        source.take(chunk, deleted ? null : result);
        left -= chunk;
      }
    }
  }

  static int transformPosition(TextDelta delta, int position, Bias bias) {
    if (position < 0) {
      throw new IllegalArgumentException(
          "Position %d is before the text; give 0 or more.".formatted(position));
    }
    int before = 0; // where the part begins in the text before
    int moved = position;
    for (int part = 0; part < delta.size() && before <= position; part++) {
      int length = delta.length(part);
      if (delta.text(part) == null) {
        moved -= delta.isDelete(part) ? Math.min(length, position - before) : 0;
        before += length;
      } else if (before < position || bias == Bias.AFTER) {
        moved += length;
      }
    }
    return moved;
  }
}
