package io.stateward.cache;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Gives tokens and numbers that are never given twice, whatever is forgotten or restored. */
final class MemoryTokens {

  private final SecureRandom random = new SecureRandom();
  private final String origin = Long.toHexString(random.nextLong());
  private final AtomicLong given = new AtomicLong();

  String next() {
    return origin + '-' + number();
  }

  long number() {
    return given.incrementAndGet();
  }

  long epoch() {
    return random.nextLong() >>> 1; // not negative
  }
}
