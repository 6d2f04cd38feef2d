package io.stateward.sync.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An edit as plainly as it can be said: what is inserted before each code point of a text and after
 * the last, and which code points are deleted.
 */
record NaiveEdit(List<String> inserted, List<Boolean> deleted) {

  static NaiveEdit of(TextDelta delta, String text) {
    int length = text.codePointCount(0, text.length());
    NaiveEdit edit =
        new NaiveEdit(
            new ArrayList<>(Collections.nCopies(length + 1, "")),
            new ArrayList<>(Collections.nCopies(length, false)));
    int place = 0;
    for (TextDelta.Part part : delta.parts()) {
      int at = place;
      place +=
          part.fold(
              retained -> retained,
              put -> {
                edit.inserted.set(at, put);
                return 0;
              },
              taken -> {
                Collections.fill(edit.deleted.subList(at, at + taken), true);
                return taken;
              });
    }
    return edit;
  }

  String apply(String text) {
    return merge(new NaiveEdit(Collections.nCopies(inserted.size(), ""), deleted), text);
  }

  /** Makes the text of two concurrent edits, this one first where both insert. */
  String merge(NaiveEdit other, String text) {
    int[] codePoints = text.codePoints().toArray();
    StringBuilder merged = new StringBuilder();
    for (int place = 0; place <= codePoints.length; place++) {
      merged.append(inserted.get(place)).append(other.inserted.get(place));
      if (place < codePoints.length && !deleted.get(place) && !other.deleted.get(place)) {
        merged.appendCodePoint(codePoints[place]);
      }
    }
    return merged.toString();
  }

  /** Counts what is before a position in the text after. */
  int position(int position, Bias bias) {
    int after = 0;
    for (int place = 0; place < inserted.size() && place <= position; place++) {
      String put = inserted.get(place);
      after += place < position || bias == Bias.AFTER ? put.codePointCount(0, put.length()) : 0;
      after += place < position && place < deleted.size() && !deleted.get(place) ? 1 : 0;
    }
    return after;
  }
}
