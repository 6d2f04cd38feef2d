package io.stateward.sync.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers as they are short: seven bits a byte, the lowest first. */
final class FormWriter {

  private byte[] bytes = new byte[256];
  private int size;

  void number(int value) {
    room(5);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number that may be below zero. */
  void signed(int value) {
    number(value << 1 ^ value >> 31);
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] content) {
    number(content.length);
    raw(content, content.length);
  }

  void raw(byte[] content, int count) {
    room(count);
    System.arraycopy(content, 0, bytes, size, count);
    size += count;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, more)));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
