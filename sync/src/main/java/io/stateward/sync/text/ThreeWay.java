package io.stateward.sync.text;

import java.util.HashMap;
import java.util.Map;

/** Two edits of one text, of which the first is brought behind the second. */
final class ThreeWay {

  private ThreeWay() {}

  static TextDelta merge(TextDelta mine, TextDelta theirs) {
    return withoutShared(mine, insertions(theirs)).transform(theirs, Side.RIGHT);
  }

  private static Map<Integer, String> insertions(TextDelta delta) {
    Map<Integer, String> insertions = new HashMap<>();
    int place = 0;
    for (int part = 0; part < delta.size(); part++) {
      String text = delta.text(part);
      if (text == null) {
        place += delta.length(part);
      } else {
        insertions.put(place, text);
      }
    }
    return insertions;
  }

  /**
   * Leaves out what the others insert too: most often it is mine, sent and not known to be kept.
   */
  private static TextDelta withoutShared(TextDelta mine, Map<Integer, String> theirs) {
    TextDeltaBuilder result = new TextDeltaBuilder(mine.size() + 1);
    int place = 0;
    for (int part = 0; part < mine.size(); part++) {
      int length = mine.length(part);
      String text = mine.text(part);
      if (text != null) {
        result.insert(unshared(text, theirs.getOrDefault(place, "")));
      } else {
        if (mine.isDelete(part)) {
          result.delete(length);
        } else {
          result.retain(length);
        }
        place += length;
      }
    }
    return result.build();
  }

  private static String unshared(String mine, String theirs) {
    if (theirs.startsWith(mine)) {
      return "";
    }
    return mine.startsWith(theirs) ? mine.substring(theirs.length()) : mine;
  }
}
