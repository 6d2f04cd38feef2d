package io.stateward.sync.client;

import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextDeltaBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A long edit as several that come to the same one after the other, as a hub takes only so much at
 * once.
 *
 * <p>Thread safety: one thread at a time, for one edit.
 */
final class TextPortions {

  /** A hub takes so many parts in an edit. */
  private static final int PARTS = 10_000;

  /**
   * So many code points fit the frames of any sensible hub, whatever they are: an edit that was
   * made without a connection is divided before anybody has said how long those may be.
   */
  private static final int INSERTED = 8_192;

  private final int mostParts;
  private final int mostInserted;
  private final List<TextDelta> portions = new ArrayList<>();
  private TextDeltaBuilder portion = TextDelta.builder();
  private int parts;
  private int inserted;
  private int position; // in the text as the portions so far leave it

  private TextPortions(int mostParts, int mostInserted) {
    this.mostParts = mostParts;
    this.mostInserted = mostInserted;
  }

  static List<TextDelta> of(TextDelta delta) {
    return of(delta, PARTS, INSERTED);
  }

  /**
   * Divides an edit.
   *
   * @param mostParts how many parts a portion may have, at least 2
   * @param mostInserted how many code points it may insert, at least 1
   * @return the portions, each of the text that the one before leaves; none of an empty edit
   */
  static List<TextDelta> of(TextDelta delta, int mostParts, int mostInserted) {
    TextPortions all = new TextPortions(mostParts, mostInserted);
    for (TextDelta.Part part : delta.parts()) {
      part.<Boolean>fold(all::retain, all::insert, all::delete);
    }
    all.end();
    return all.portions;
  }

  private boolean retain(int count) {
    room();
    portion.retain(count);
    position += count;
    return true;
  }

  private boolean delete(int count) {
    room();
    portion.delete(count);
    return true;
  }

  private boolean insert(String text) {
    int from = 0;
    while (from < text.length()) {
      if (inserted == mostInserted) {
        end();
      }
      room();
      int rest = text.codePointCount(from, text.length());
      int count = Math.min(rest, mostInserted - inserted);
      int to = text.offsetByCodePoints(from, count);
      portion.insert(text.substring(from, to));
      inserted += count;
      position += count;
      from = to;
    }
    return true;
  }

  /** Makes room for one more part. */
  private void room() {
    if (parts == mostParts) {
      end();
    }
    parts++;
  }

  private void end() {
    TextDelta made = portion.build();
    if (!made.isEmpty()) {
      portions.add(made);
    }
    portion = TextDelta.builder();
    parts = 0;
    inserted = 0;
    if (position > 0) {
      portion.retain(position);
      parts = 1;
    }
  }
}
