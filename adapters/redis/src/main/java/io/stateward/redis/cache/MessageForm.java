package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message as bytes: '1', what is invalidated, the bucket as an int, epoch, number and version as
 * longs, and the name as UTF-8. What is invalidated is one of the letters of the log. A ping is
 * '1', '!' and the name of who sent it.
 */
final class MessageForm {

  private static final byte WIRE_VERSION = '1';
  private static final byte PING = '!';
  private static final int FIXED = 2 + Integer.BYTES + 3 * Long.BYTES;

  private MessageForm() {}

  static byte[] encoded(Message message) {
    Invalidation what = message.invalidation();
    byte[] name = Letters.name(what).getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED + name.length)
        .put(WIRE_VERSION)
        .put((byte) Letters.letter(what))
        .putInt(message.bucket())
        .putLong(message.head().epoch())
        .putLong(message.head().sequence())
        .putLong(what instanceof Invalidation.Key key ? key.version() : 0)
        .put(name)
        .array();
  }

  /** Decodes a message; null if it is none that this application understands. */
  static @Nullable Message decoded(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (buffer.get() != WIRE_VERSION) {
        return null;
      }
      char letter = (char) buffer.get();
      int bucket = buffer.getInt();
      Head head = new Head(buffer.getLong(), buffer.getLong());
      long version = buffer.getLong();
      String name = UTF_8.decode(buffer).toString();
      return new Message(bucket, head, Letters.invalidation(letter, name, version));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  static byte[] ping(String sender) {
    byte[] name = sender.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + name.length).put(WIRE_VERSION).put(PING).put(name).array();
  }

  /** Returns who sent a ping; null if it is none. */
  static @Nullable String pinged(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == WIRE_VERSION && bytes[1] == PING
        ? new String(bytes, 2, bytes.length - 2, UTF_8)
        : null;
  }
}
