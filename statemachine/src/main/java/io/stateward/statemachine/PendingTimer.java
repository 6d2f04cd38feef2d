package io.stateward.statemachine;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A timer that a machine waits for: of an {@code after}, or of an event that was sent with a delay.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the event is.
 *
 * @param state the name of the state whose {@code after} it is; empty for an event that was sent
 * @param name unique in its state, such as {@code after 5s}; or what the event was sent by
 * @param number unique in the life of the instance
 * @param deadline when it is due
 * @param event what was sent, or null for an {@code after}
 * @since 0.1
 */
public record PendingTimer(
    String state, String name, long number, Instant deadline, @Nullable Object event) {

  /**
   * Checks the parts.
   *
   * @param state the name of the state
   * @param name unique in its state
   * @param number unique in the life of the instance
   * @param deadline when it is due
   * @param event what was sent, or null
   */
  public PendingTimer {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(deadline, "deadline");
  }
}
