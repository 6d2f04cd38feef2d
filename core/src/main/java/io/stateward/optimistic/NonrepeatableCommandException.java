package io.stateward.optimistic;

import io.stateward.signal.StatewardException;

/**
 * A command gave two different states of the same one, so it must not be executed again.
 *
 * @since 0.1
 */
public final class NonrepeatableCommandException extends StatewardException {

  private static final long serialVersionUID = 1L;

  NonrepeatableCommandException(String store, Command<?> command, Object one, Object other) {
    super(
        "Command '%s' on store '%s' gave two states of the same one: %s, and then %s. Make what differs, such as a time, a random number or a new id, an argument of the command."
            .formatted(command.name(), store, one, other));
  }
}
