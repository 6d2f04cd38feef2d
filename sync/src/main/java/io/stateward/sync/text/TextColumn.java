package io.stateward.sync.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * All text that was ever inserted, in the order of the log, as UTF-8 with marks to find a place.
 */
final class TextColumn {

  private static final int STRIDE = 256; // code points from mark to mark

  private byte[] bytes = new byte[16];
  private int used;
  private int length;
  private final IntColumn marks = new IntColumn(); // where code point i * STRIDE begins

  /** Returns how many code points there are. */
  int length() {
    return length;
  }

  void append(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    append(encoded, 0, encoded.length);
  }

  /** Appends whole code points that are already UTF-8. */
  void append(byte[] utf8, int from, int to) {
    int more = to - from;
    if (used + more > bytes.length) {
      int room = Math.addExact(used, more);
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(room + (long) (room >> 3), Integer.MAX_VALUE - 8));
    }
    for (int i = from; i < to; i++) {
      if ((utf8[i] & 0xC0) != 0x80 && length++ % STRIDE == 0) {
        marks.add(used + i - from);
      }
    }
    System.arraycopy(utf8, from, bytes, used, more);
    used += more;
  }

  /** Returns a part, counted in code points. */
  String substring(int from, int to) {
    int begin = offset(from);
    int end = begin;
    if (to - from > STRIDE) {
      end = offset(to);
    } else {
      for (int left = to - from; left > 0; left--) {
        end += width(bytes[end]);
      }
    }
    return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
  }

  /** Returns all of it. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, used);
  }

  /** Returns what begins at a code point. */
  TextColumn tail(int from) {
    var tail = new TextColumn();
    tail.append(bytes, offset(from), used);
    return tail;
  }

  private int offset(int codePoint) {
    if (codePoint == length) {
      return used;
    }
    int offset = marks.get(codePoint / STRIDE);
    for (int left = codePoint % STRIDE; left > 0; left--) {
      offset += width(bytes[offset]);
    }
    return offset;
  }

  private static int width(byte lead) {
    if (lead >= 0) {
      return 1;
    }
    return (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
  }
}
