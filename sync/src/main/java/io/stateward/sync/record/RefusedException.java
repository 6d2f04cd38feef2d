package io.stateward.sync.record;

import java.io.Serial;

/** How a change that is refused leaves the depth of its application; never seen outside. */
final class RefusedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  RefusedException(String code, String reason) {
    super(reason, null, false, false); // expected, so no trace
    this.code = code;
  }

  RecordResult.Refused refused() {
    return new RecordResult.Refused(code, String.valueOf(getMessage()));
  }
}
