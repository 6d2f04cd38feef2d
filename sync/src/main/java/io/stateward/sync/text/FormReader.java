package io.stateward.sync.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link FormWriter} wrote, and believes none of it. */
final class FormReader {

  private final byte[] bytes;
  private int at;

  FormReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  private int bits() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at == bytes.length) {
        throw new UnreadableTextException("it ends in the middle.");
      }
      byte next = bytes[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new UnreadableTextException("it has a number that is too large.");
  }

  int number(int from, int to, String what) {
    int value = bits();
    if (value < from || value > to) {
      throw new UnreadableTextException(
          "%s is %d, which is not from %d to %d.".formatted(what, value, from, to));
    }
    return value;
  }

  /** Reads how many things follow, of which each takes at least a byte. */
  int count(String what) {
    return number(0, bytes.length - at, what);
  }

  int signed() {
    int value = bits();
    return value >>> 1 ^ -(value & 1);
  }

  byte[] bytes(String what) {
    int length = count(what);
    byte[] content = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return content;
  }

  String text(String what) {
    byte[] content = bytes(what);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableTextException(what + " is not UTF-8.");
    }
  }

  static void require(boolean holds, String problem) {
    if (!holds) {
      throw new UnreadableTextException(problem + ".");
    }
  }

  static void requireEqual(int found, int expected, String what) {
    if (found != expected) {
      throw new UnreadableTextException("%s is %d instead of %d.".formatted(what, found, expected));
    }
  }
}
