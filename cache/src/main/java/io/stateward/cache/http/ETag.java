package io.stateward.cache.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What tells one representation of a resource from another (RFC 9110, section 8.8.3).
 *
 * <pre>{@code
 * ETag etag = ETag.of(body);                       // of its bytes: the same on every instance
 * boolean known = etag.isIn(request.getHeader("If-None-Match"));
 * }</pre>
 *
 * <p>A strong one says that the bytes are the same, a weak one that they mean the same.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param opaque what it is, without quotes; of visible ASCII characters other than the quote, and
 *     of those from U+0080 to U+00FF
 * @param weak whether it is weak
 * @since 0.1
 */
public record ETag(String opaque, boolean weak) {

  private static final int LONGEST = 128;
  private static final int HASH_BYTES = 16;

  /**
   * Checks the characters.
   *
   * @param opaque what it is, without quotes
   * @param weak whether it is weak
   * @throws IllegalArgumentException if another character is in it
   */
  public ETag {
    for (int i = 0; i < opaque.length(); i++) {
      if (!isOpaque(opaque.charAt(i))) {
        throw new IllegalArgumentException(
            "An ETag has no character U+%04X. ETag.weak(text) makes one of any text."
                .formatted((int) opaque.charAt(i)));
      }
    }
  }

  /**
   * Returns the strong one of a representation.
   *
   * @param representation its bytes, as they are sent
   * @return of the first 128 bits of its SHA-256
   */
  public static ETag of(byte[] representation) {
    return new ETag(hash(representation), false);
  }

  /**
   * Returns the weak one of a text that tells versions apart: a number, a date, or the ETag that a
   * source gave for what the representation was made of.
   *
   * @param version any text
   * @return of the text itself where that is possible and short, else of its SHA-256
   */
  public static ETag weak(String version) {
    int length = version.length();
    String text = version.startsWith("W/\"") ? version.substring(2) : version;
    if (length >= 2 && text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    boolean plain =
        text.length() <= LONGEST && text.chars().allMatch(c -> c < 0x80 && isOpaque((char) c));
    return new ETag(plain ? text : hash(version.getBytes(StandardCharsets.UTF_8)), true);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
      byte[] part = Arrays.copyOf(whole, HASH_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }

  static boolean isOpaque(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
  }

  /**
   * Tells whether both mean the same representation, be they weak or strong.
   *
   * @param other another one
   * @return whether they are equal but for weakness
   */
  public boolean matches(ETag other) {
    return opaque.equals(other.opaque);
  }

  /**
   * Tells whether a condition names this one, by weak comparison (RFC 9110, section 13.1.2).
   *
   * @param ifNoneMatch the value of {@code If-None-Match}, several lines joined with commas; null
   *     if there is none. What is no list of ETags, or longer than 8,192 characters, names none
   * @return whether it is {@code *} or has one that {@linkplain #matches matches}
   */
  public boolean isIn(@Nullable String ifNoneMatch) {
    return ETagList.matches(ifNoneMatch, this);
  }

  /**
   * Returns it as it is in headers.
   *
   * @return in quotes, after {@code W/} if it is weak
   */
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }
}
