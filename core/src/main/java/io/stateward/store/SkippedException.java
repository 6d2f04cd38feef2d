package io.stateward.store;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/**
 * Says of a run of an {@link AsyncAction} that it was not made at all: its condition was not met,
 * or the action drops what comes while it is busy.
 *
 * @since 0.1
 */
public final class SkippedException extends CancellationException {

  @Serial private static final long serialVersionUID = 1L;

  SkippedException(String name, String why) {
    super("Async action '%s' was skipped, so nothing ran: %s.".formatted(name, why));
  }
}
