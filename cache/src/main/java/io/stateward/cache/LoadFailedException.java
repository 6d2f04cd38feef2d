package io.stateward.cache;

import io.stateward.signal.StatewardException;
import java.io.Serial;

/**
 * There is no value, since the loader of a cache failed and nothing older may be served. The cause
 * is what the loader threw, or a {@link java.util.concurrent.TimeoutException}.
 *
 * @since 0.1
 */
public final class LoadFailedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  LoadFailedException(Throwable cause) {
    super(
        "The loader failed: %s. Policy.failSafe serves an older value meanwhile; Result.failure() and fold() tell without an exception."
            .formatted(cause),
        cause);
  }
}
