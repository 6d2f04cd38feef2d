package io.stateward.redis.cache;

import io.stateward.cache.spi.Head;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The head in the meta of a bucket, which scripts write.
 *
 * <pre>
 *   epoch, 16 hex digits  number  history  all  marks  form        with a space between them
 * </pre>
 */
final class HeadForm {

  private static final int EPOCH = 16;
  private static final int DIGITS = 15; // of a number, at most: scripts have 53 bits for it
  private static final int SPACES = 5; // before the form

  private HeadForm() {}

  /** Returns the head if it is one, and of a cache with a form. */
  static @Nullable Head decoded(byte @Nullable [] meta, byte[] form) {
    if (meta == null || meta.length < EPOCH || !hasForm(meta, form)) {
      return null;
    }
    long epoch = 0;
    for (int i = 0; i < EPOCH; i++) {
      if (!HexFormat.isHexDigit(meta[i])) {
        return null;
      }
      epoch = epoch << 4 | HexFormat.fromHexDigit(meta[i]);
    }
    long number = number(meta, EPOCH + 1);
    return meta[EPOCH] == ' ' && number >= 0 ? new Head(epoch, number) : null;
  }

  /** Whether what follows the fifth space is the form, which may have spaces of its own. */
  private static boolean hasForm(byte[] meta, byte[] form) {
    int start = EPOCH;
    for (int spaces = 0; spaces < SPACES && start < meta.length; start++) {
      spaces += meta[start] == ' ' ? 1 : 0;
    }
    return Arrays.equals(meta, start, meta.length, form, 0, form.length);
  }

  /** Reads digits up to a space; -1 if they are none. */
  private static long number(byte[] meta, int from) {
    long number = 0;
    int i = from;
    for (; i < meta.length && meta[i] >= '0' && meta[i] <= '9' && i < from + DIGITS; i++) {
      number = number * 10 + meta[i] - '0';
    }
    return i > from && i < meta.length && meta[i] == ' ' ? number : -1;
  }
}
