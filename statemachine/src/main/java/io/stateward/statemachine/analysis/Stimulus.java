package io.stateward.statemachine.analysis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes to an instance from outside: an event, a timer that is due, the end of invoked work.
 *
 * <pre>{@code
 * for (Stimulus stimulus : path.stimuli()) {
 *   if (stimulus instanceof Stimulus.Event it) {
 *     service.handle((OrderEvent) it.event());
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as events, results and failures are.
 *
 * @since 0.1
 */
public sealed interface Stimulus {

  /**
   * An event.
   *
   * @param event the event
   */
  record Event(Object event) implements Stimulus {

    /**
     * Checks the event.
     *
     * @param event the event
     */
    public Event {
      Objects.requireNonNull(event, "event");
    }

    @Override
    public String toString() {
      return label();
    }
  }

  /**
   * A timer is due.
   *
   * @param state the name of the state that it is of; empty for an event that was sent
   * @param name what it is called there
   */
  record Timer(String state, String name) implements Stimulus {

    @Override
    public String toString() {
      return label();
    }
  }

  /**
   * Invoked work has a result.
   *
   * @param state the name of the state that invoked it
   * @param work what it is called there
   * @param result the result
   */
  record Done(String state, String work, @Nullable Object result) implements Stimulus {

    @Override
    public String toString() {
      return label();
    }
  }

  /**
   * Invoked work has failed.
   *
   * @param state the name of the state that invoked it
   * @param work what it is called there
   * @param cause why
   */
  record Failed(String state, String work, Throwable cause) implements Stimulus {

    /**
     * Checks the cause.
     *
     * @param state the name of the state that invoked it
     * @param work what it is called there
     * @param cause why
     */
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public String toString() {
      return label();
    }
  }

  /**
   * Returns what people call it, which is also what a stored path finds it by.
   *
   * @return the event as text, the timer, or the work and how it ended
   */
  default String label() {
    if (this instanceof Event it) {
      return it.event().toString();
    }
    if (this instanceof Timer it) {
      return it.state().isEmpty() ? it.name() : it.name() + " of " + it.state();
    }
    if (this instanceof Done it) {
      return "%s of %s done: %s".formatted(it.work(), it.state(), it.result());
    }
    Failed it = (Failed) this;
    return "%s of %s failed: %s".formatted(it.work(), it.state(), it.cause());
  }
}
