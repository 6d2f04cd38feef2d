package io.stateward.cache.spi;

import io.stateward.signal.StatewardException;

/**
 * A cache is in use with values of another form, so this application could not read them, nor
 * others its own.
 *
 * @since 0.1
 */
public final class UnequalFormException extends StatewardException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cache the name of the cache
   * @param mine the form of this application
   * @param theirs the form that is in use
   */
  public UnequalFormException(String cache, String mine, String theirs) {
    super(
        "Cache '%s' is in use with values of the form '%s', and this application encodes '%s'. Give it the same codec and schema, or another name."
            .formatted(cache, theirs, mine));
  }
}
