package io.stateward.flow;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/**
 * Says of a task that it was cancelled because a newer call took its place.
 *
 * @since 0.1
 */
public final class SupersededException extends CancellationException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param what what was superseded, for example "Call 'search'"
   */
  public SupersededException(String what) {
    super(
        "%s was superseded by a newer call, so it was cancelled and its result is dropped."
            .formatted(what));
  }
}
