package io.stateward.scope;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.util.List;

/**
 * Thrown by closing a scope or a family in which something threw as it was closed. Everything else
 * in it was closed all the same. The cause is what was thrown first; the later ones are suppressed.
 *
 * @since 0.1
 */
public final class CloseFailedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  CloseFailedException(String what, List<String> problems, List<Throwable> thrown) {
    super(
        "%s is closed, and so is everything in it, but %d of its closers threw: %s. Look at the cause and at what is suppressed, and release by hand what these may have left open."
            .formatted(what, thrown.size(), String.join("; ", problems)),
        thrown.get(0));
    thrown.subList(1, thrown.size()).forEach(this::addSuppressed);
  }
}
