package io.stateward.sync.hub;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says why a document cannot be had; it never leaves the hub but as a frame.
 *
 * <p>Thread safety: immutable.
 */
final class Unavailable extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  final String code;
  private final int patience; // how many times the usual wait; less than none if forever

  private Unavailable(String code, String reason, int patience, @Nullable Throwable cause) {
    super(reason, cause);
    this.code = code;
    this.patience = patience;
  }

  /** There is no use in asking again. */
  static Unavailable forever(String code, String reason) {
    return new Unavailable(code, reason, -1, null);
  }

  /** It may be there after a while. */
  static Unavailable now(String reason, @Nullable Throwable cause) {
    return new Unavailable("unavailable", reason, 1, cause);
  }

  /** It cannot be read until somebody puts it right. */
  static Unavailable unreadable(String reason, @Nullable Throwable cause) {
    return new Unavailable("unavailable", reason, 30, cause);
  }

  boolean isForever() {
    return patience < 0;
  }

  /** After how long to ask again, given how long is usual; or -1. */
  long retryMillis(long usual) {
    return isForever() ? -1 : patience * usual;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
