package io.stateward.persist;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which keys there may be, their order, and their bytes. */
final class RecordKeys {

  /** By code point, which is the order of the bytes of UTF-8 and not that of strings. */
  static final Comparator<String> ORDER = RecordKeys::compare;

  private RecordKeys() {}

  private static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** Surrogates stand for code points above all that one char can hold. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }

  static byte[] bytes(String key) {
    if (key.isEmpty() || key.length() > RecordStore.LONGEST_KEY) {
      throw new IllegalArgumentException(
          "A key has 1 to %d characters, not %d. Keep what is longer in the record."
              .formatted(RecordStore.LONGEST_KEY, key.length()));
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "The key has an unpaired surrogate, so it has no UTF-8 form. Repair it first.", e);
    }
  }

  static void checkVersion(long expected, long least) {
    if (expected < least) {
      throw new IllegalArgumentException(
          "The version expected is at least %d, not %d. Pass the version of the record that was read."
              .formatted(least, expected));
    }
  }

  static void checkPage(String prefix, @Nullable String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A page has at least 1 record, not " + limit + ".");
    }
    if (!prefix.isEmpty()) {
      bytes(prefix);
    }
    if (after != null) {
      bytes(after);
    }
  }
}
