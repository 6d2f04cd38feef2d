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
  final boolean forever;

  private Unavailable(String code, String reason, boolean forever, @Nullable Throwable cause) {
    super(reason, cause);
    this.code = code;
    this.forever = forever;
  }

  /** There is no use in asking again. */
  static Unavailable forever(String code, String reason) {
    return new Unavailable(code, reason, true, null);
  }

  /** It may be there after a while. */
  static Unavailable now(String reason, @Nullable Throwable cause) {
    return new Unavailable("unavailable", reason, false, cause);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
