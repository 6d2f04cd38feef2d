package io.stateward.cache.http;

import org.jspecify.annotations.Nullable;

/**
 * Reads what clients send in {@code If-None-Match}: a star, or a list of ETags in which elements
 * may be empty (RFC 9110, sections 5.6.1 and 13.1.2). One pass, nothing is copied; what does not
 * parse as a whole matches nothing, so that the client gets the representation.
 */
final class ETagList {

  private static final int LONGEST = 8_192;

  private final String text;
  private int at;

  private ETagList(String text) {
    this.text = text;
  }

  static boolean matches(@Nullable String condition, ETag present) {
    if (condition == null || condition.length() > LONGEST) {
      return false;
    }
    return condition.strip().equals("*") || new ETagList(condition).has(present.opaque());
  }

  private boolean has(String opaque) {
    boolean found = false;
    skipSpaceAndCommas();
    while (at < text.length()) {
      int start = opening();
      int end = start < 0 ? -1 : closing(start);
      if (end < 0) {
        return false;
      }
      found |= end - start == opaque.length() && text.startsWith(opaque, start);
      at = end + 1;
      skipSpace();
      if (at < text.length() && text.charAt(at) != ',') {
        return false;
      }
      skipSpaceAndCommas();
    }
    return found;
  }

  /** Returns where the opaque part begins; -1 if there is no ETag. */
  private int opening() {
    int quote = text.startsWith("W/", at) ? at + 2 : at;
    return quote < text.length() && text.charAt(quote) == '"' ? quote + 1 : -1;
  }

  /** Returns where the closing quote is; -1 if there is none before another character. */
  private int closing(int start) {
    int end = start;
    while (end < text.length() && ETag.isOpaque(text.charAt(end))) {
      end++;
    }
    return end < text.length() && text.charAt(end) == '"' ? end : -1;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipSpaceAndCommas() {
    skipSpace();
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      skipSpace();
    }
  }
}
