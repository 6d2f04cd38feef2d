package io.stateward.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The codecs that need no library. */
final class Codecs {

  static final Codec<byte[]> BYTES = new Bytes();
  static final Codec<String> TEXT = BYTES.map("text", Codecs::toText, Codecs::fromText);
  static final Codec<Long> INT64 = BYTES.map("int64", Codecs::toInt64, Codecs::fromInt64);

  private Codecs() {}

  static String checkedSchema(String schema) {
    if (schema.isBlank() || schema.lines().count() > 1) {
      throw new IllegalArgumentException(
          "A schema id is one non-empty line, for example \"user/3\"; it was \"" + schema + "\".");
    }
    return schema;
  }

  private static String toText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private static byte[] fromText(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "The string of length %d has an unpaired surrogate and no UTF-8 form; repair it first."
              .formatted(text.length()),
          e);
    }
  }

  private static Long toInt64(byte[] bytes) {
    if (bytes.length != Long.BYTES) {
      throw new IllegalArgumentException("an int64 has 8 bytes");
    }
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static byte[] fromInt64(Long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static final class Bytes implements Codec<byte[]> {
    @Override
    public String schema() {
      return "bytes";
    }

    @Override
    public byte[] encode(byte[] value) {
      return value.clone();
    }

    @Override
    public byte[] decode(byte[] bytes) {
      return bytes.clone();
    }
  }
}
