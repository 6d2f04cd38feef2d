package io.stateward.redis.cache;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Gives tokens that nobody gives again: 80 random bits of the session, and a number of 48. */
final class Tokens {

  private final String origin;
  private final AtomicLong given = new AtomicLong();

  Tokens() {
    byte[] random = new byte[10];
    new SecureRandom().nextBytes(random);
    origin = HexFormat.of().formatHex(random);
  }

  /** Returns the next one: 32 hex digits. */
  String next() {
    return origin + HexFormat.of().toHexDigits(given.incrementAndGet(), 12);
  }
}
