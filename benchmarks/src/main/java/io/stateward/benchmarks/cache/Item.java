package io.stateward.benchmarks.cache;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is cached.
 *
 * @param id which one it is
 * @param version which version of it, as the source counts them
 * @param body the rest of it
 */
record Item(long id, long version, String body) {

  private static final int HEAD_BYTES = 2 * Long.BYTES;

  /** How all contenders encode it that encode at all. */
  static final Codec<Item> CODEC =
      new Codec<>() {
        @Override
        public String schema() {
          return "item";
        }

        @Override
        public byte[] encode(Item item) {
          byte[] body = item.body.getBytes(StandardCharsets.ISO_8859_1);
          return ByteBuffer.allocate(HEAD_BYTES + body.length)
              .putLong(item.id)
              .putLong(item.version)
              .put(body)
              .array();
        }

        @Override
        public Item decode(byte[] bytes) {
          try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            long id = buffer.getLong();
            long version = buffer.getLong();
            int length = bytes.length - HEAD_BYTES;
            String body = new String(bytes, HEAD_BYTES, length, StandardCharsets.ISO_8859_1);
            return new Item(id, version, body);
          } catch (BufferUnderflowException e) {
            throw new CodecException(schema(), "An item has 16 bytes at least.", e);
          }
        }
      };

  /** The smallest item. */
  static Item of(long id, long version) {
    return new Item(id, version, "");
  }

  /** An item that is encoded in so many bytes; at least 16. */
  static Item ofBytes(long id, int bytes) {
    return new Item(id, 1, "x".repeat(bytes - HEAD_BYTES));
  }

  /** The key of an item: 16 characters. */
  static String key(long id) {
    return "item:%011d".formatted(id);
  }

  /** The item that has a key. */
  static long id(String key) {
    return Long.parseLong(key.substring("item:".length()));
  }

  /** The keys of the first items, made once. */
  static String[] keys(int items) {
    String[] keys = new String[items];
    for (int i = 0; i < items; i++) {
      keys[i] = key(i);
    }
    return keys;
  }
}
