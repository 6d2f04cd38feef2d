package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The atomic steps, which are scripts that run in Redis. */
enum Script {
  HELLO("hello"),
  HEAD("head"),
  ACQUIRE("claims", "acquire"),
  FILL("claims", "fill"),
  RELEASE("release"),
  INVALIDATE("claims", "log", "invalidate"),
  BEGIN("claims", "log", "begin"),
  COMPLETE("claims", "log", "complete"),
  WIDE("log", "marked", "wide"),
  MARKS("marked", "marks"),
  PAGE("page");

  final String source;
  final String digest;

  Script(String... parts) {
    StringBuilder text = new StringBuilder(read("prelude"));
    for (String part : parts) {
      text.append('\n').append(read(part));
    }
    source = text.toString();
    digest = sha1(source.getBytes(UTF_8));
  }

  private static String read(String part) {
    try (InputStream file = Script.class.getResourceAsStream(part + ".lua")) {
      if (file == null) {
        throw new IllegalStateException("The script '%s' is not in the module.".formatted(part));
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By which Redis knows a script. */
  private static String sha1(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
