package io.stateward.sync.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Whose a client is: somebody who has its key, as the principal that the authorizer says. It is
 * what the hub keeps in place of the key, which cannot be had from it again.
 *
 * <p>Thread safety: it has no state.
 */
final class Owner {

  /*
   * base64url of the first 16 bytes of SHA-256 of
   *
   *     "stateward.sync.owner.1" in ASCII
   *     the length of the principal in UTF-16 units, as 4 bytes; its units, as 2 bytes each
   *     the same of the key                              (the high byte first, in all of them)
   *
   * A plain digest will do: a key is made at random, so nobody tries them all. Lengths go in front,
   * so that no principal and key are those of another pair; and units, not UTF-8, in which halves
   * of surrogate pairs would all be the same. It is cut, as records have one for each client: who
   * wants to pass for another has to find one key of 2^128.
   */

  private static final int LENGTH = 16;
  private static final byte[] USE =
      "stateward.sync.owner.1".getBytes(StandardCharsets.US_ASCII); // what this digest is of

  private Owner() {}

  static String of(String principal, String key) {
    MessageDigest digest = sha256();
    digest.update(USE);
    update(digest, principal);
    update(digest, key);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest.digest(), LENGTH));
  }

  private static void update(MessageDigest digest, String text) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
    bytes.putInt(text.length());
    bytes.asCharBuffer().put(text);
    digest.update(bytes.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) { // every Java platform has it
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
