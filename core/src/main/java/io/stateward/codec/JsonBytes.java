package io.stateward.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Reads JSON that is bytes: UTF-8 with nothing malformed in it. */
final class JsonBytes {

  private JsonBytes() {}

  static Tree read(byte[] json, JsonLimits limits) {
    if (json.length > limits.size()) {
      throw UnreadableJsonException.inBytes(
          json.length, limits.size(), false, "only %d bytes are read".formatted(limits.size()));
    }
    ByteBuffer in = ByteBuffer.wrap(json);
    CharBuffer out = CharBuffer.allocate(json.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, false);
    String text = out.flip().toString();
    if (in.hasRemaining()) {
      boolean truncated = !result.isError() && isTruncated(text, limits);
      throw UnreadableJsonException.inBytes(
          json.length, in.position(), truncated, "the bytes are not UTF-8 from here");
    }
    return JsonReader.read(text, limits);
  }

  /** Tells whether the text before half a character is the beginning of JSON. */
  private static boolean isTruncated(String text, JsonLimits limits) {
    try {
      JsonReader.read(text, limits);
      return false;
    } catch (UnreadableJsonException e) {
      return e.isTruncated();
    }
  }
}
