package io.stateward.sync.text;

/** Edits together with the text that they are made of. */
final class DeltaOnText {

  private DeltaOnText() {}

  static String apply(TextDelta delta, String text) {
    boolean plain = requireFit(delta, text);
    StringBuilder result = new StringBuilder(text.length() + Math.max(0, delta.change()));
    int index = 0;
    for (int part = 0; part < delta.size(); part++) {
      String inserted = delta.text(part);
      if (inserted != null) {
        result.append(inserted);
      } else {
        int end = advance(text, index, delta.length(part), plain);
        if (!delta.isDelete(part)) {
          result.append(text, index, end);
        }
        index = end;
      }
    }
    return result.append(text, index, text.length()).toString();
  }

  static TextNode apply(TextDelta delta, TextNode root) {
    TextNode result = root;
    int place = 0;
    for (int part = 0; part < delta.size(); part++) {
      int length = delta.length(part);
      String inserted = delta.text(part);
      if (inserted != null) {
        result = TextNode.insert(result, place, inserted, length);
        place += length;
      } else if (delta.isDelete(part)) {
        result = result.replace(place, place + length, TextLeaf.EMPTY);
      } else {
        place += length;
      }
    }
    return result;
  }

  static TextDelta invert(TextDelta delta, Text text) {
    requireFit(delta, text.length());
    TextDeltaBuilder result = new TextDeltaBuilder(delta.size() + 1);
    int place = 0;
    for (int part = 0; part < delta.size(); part++) {
      int length = delta.length(part);
      if (delta.text(part) != null) {
        result.delete(length);
      } else {
        if (delta.isDelete(part)) {
          result.insert(text.substring(place, place + length), length);
        } else {
          result.retain(length);
        }
        place += length;
      }
    }
    return result.build();
  }

  static TextDelta invert(TextDelta delta, String text) {
    boolean plain = requireFit(delta, text);
    TextDeltaBuilder result = new TextDeltaBuilder(delta.size() + 1);
    int index = 0;
    for (int part = 0; part < delta.size(); part++) {
      int length = delta.length(part);
      if (delta.text(part) != null) {
        result.delete(length);
      } else {
        int end = advance(text, index, length, plain);
        if (delta.isDelete(part)) {
          result.insert(text.substring(index, end));
        } else {
          result.retain(length);
        }
        index = end;
      }
    }
    return result.build();
  }

  /** Returns whether every char of the text is a code point. */
  private static boolean requireFit(TextDelta delta, String text) {
    int length = text.codePointCount(0, text.length());
    requireFit(delta, length);
    return length == text.length();
  }

  static void requireFit(TextDelta delta, int length) {
    if (delta.inputLength() > length) {
      throw new IllegalArgumentException(
          ("The edit needs a text of at least %d code points, but this one has %d; apply it to the"
                  + " text that it was made of.")
              .formatted(delta.inputLength(), length));
    }
  }

  private static int advance(String text, int index, int codePoints, boolean plain) {
    return plain ? index + codePoints : CodePoints.advance(text, index, codePoints);
  }
}
