package io.stateward.cache.spi;

import io.stateward.signal.StatewardException;
import org.jspecify.annotations.Nullable;

/**
 * A layer did not answer, so what it was asked for may or may not have been done.
 *
 * @since 0.1
 */
public final class LayerUnavailableException extends StatewardException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cache the name of the cache
   * @param attempted what it was asked for, for example "fill"
   * @param cause what kept it from answering; null if nothing more is known
   */
  public LayerUnavailableException(String cache, String attempted, @Nullable Throwable cause) {
    super(
        "The layer of cache '%s' did not answer to '%s', which may or may not have been done. Go to the source meanwhile, and store nothing."
            .formatted(cache, attempted),
        cause);
  }
}
