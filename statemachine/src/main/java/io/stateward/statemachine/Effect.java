package io.stateward.statemachine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a macrostep asks the world to do, once it is committed.
 *
 * <pre>{@code
 * for (Effect effect : step.effects()) {
 *   if (effect instanceof Effect.Run run) {
 *     run.perform(orderId + "/" + sequence + "/" + run.name());
 *   }
 * }
 * }</pre>
 *
 * <p>Actors release effects by themselves; only who drives {@link Machine#step} by hand sees them.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data of states and events is.
 *
 * <p><b>Failure.</b> A macrostep that fails has none. What {@link Machine#fire} or {@link
 * Machine#complete} was about is then settled without a {@link CancelTimer} or a {@link
 * CancelInvocation}, as it has ended by itself.
 *
 * <p><b>Ordering.</b> As the actions stand: those of states that are left, of transitions, of
 * states that are entered; microstep after microstep.
 *
 * @since 0.1
 */
public sealed interface Effect {

  /**
   * An action of a state or a transition.
   *
   * @param state the name of the state that it belongs to
   * @param name what the action is called
   * @param data the data of that state
   * @param event the event that led to it, or null
   * @param body does it
   */
  record Run(String state, String name, @Nullable Object data, @Nullable Object event, Body body)
      implements Effect {

    /**
     * Checks the parts.
     *
     * @param state the name of the state that it belongs to
     * @param name what the action is called
     * @param data the data of that state
     * @param event the event that led to it, or null
     * @param body does it
     */
    public Run {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(body, "body");
    }

    /**
     * Does it.
     *
     * @param key what is the same whenever this very effect is done again
     * @throws Exception what the action throws
     */
    public void perform(String key) throws Exception {
      body.run(data, event, key);
    }
  }

  /**
   * A timer begins.
   *
   * @param timer which
   */
  record StartTimer(PendingTimer timer) implements Effect {}

  /**
   * A timer is no longer waited for.
   *
   * @param timer which
   */
  record CancelTimer(PendingTimer timer) implements Effect {}

  /**
   * Work begins.
   *
   * @param invocation which
   */
  record StartInvocation(Invocation invocation) implements Effect {}

  /**
   * Work is to stop; what it returns all the same is dropped.
   *
   * @param invocation which
   */
  record CancelInvocation(Invocation invocation) implements Effect {}

  /**
   * A value for those who listen to the machine.
   *
   * @param name what the action is called
   * @param value the value
   */
  record Emit(String name, Object value) implements Effect {}

  /** The body of an action. */
  @FunctionalInterface
  interface Body {

    /**
     * Does it.
     *
     * @param data the data of the state
     * @param event the event, or null
     * @param key what is the same whenever this very effect is done again
     * @throws Exception if it fails
     */
    void run(@Nullable Object data, @Nullable Object event, String key) throws Exception;
  }
}
