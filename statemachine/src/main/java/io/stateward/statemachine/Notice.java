package io.stateward.statemachine;

/**
 * What an observer of an actor is told.
 *
 * <pre>{@code
 * payment.observe(notice -> {
 *   if (notice instanceof Notice.Stepped<Payment> stepped) {
 *     log(stepped.cause() + ": " + stepped.step().outcome());
 *   } else if (notice instanceof Notice.EffectFailed<Payment> failed) {
 *     alert(failed.effect(), failed.failure());
 *   }
 * });
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface Notice<S> {

  /**
   * A macrostep was tried: an event, a timer or the end of invoked work came.
   *
   * @param <S> the type of the state
   * @param cause what came: an event, a {@link PendingTimer} or an {@link Invocation}
   * @param step what it led to, its {@link Step#outcome} first of all
   */
  record Stepped<S>(Object cause, Step<S> step) implements Notice<S> {}

  /**
   * The machine emitted a value.
   *
   * @param <S> the type of the state
   * @param name what the action is called
   * @param value the value
   */
  record Emitted<S>(String name, Object value) implements Notice<S> {}

  /**
   * An action failed, after its macrostep was committed.
   *
   * @param <S> the type of the state
   * @param effect which
   * @param failure what it threw
   */
  record EffectFailed<S>(Effect effect, Throwable failure) implements Notice<S> {}

  /**
   * An event was sent to the actor that had stopped, or waited in its mailbox when it did.
   *
   * @param <S> the type of the state
   * @param event the event
   */
  record Undelivered<S>(Object event) implements Notice<S> {}

  /**
   * The actor has stopped.
   *
   * @param <S> the type of the state
   * @param snapshot where it stood in the end
   */
  record Ended<S>(Snapshot<S> snapshot) implements Notice<S> {}
}
