package io.stateward.statemachine;

/**
 * A running copy of a machine for one thread at a time: no mailbox, no timers, no invoked work.
 *
 * <pre>{@code
 * Instance<Status, OrderEvent> order = ORDER.instance(row.order());
 * Outcome outcome = order.fire(OrderEvent.PAY);
 * row.status(order.state());
 * }</pre>
 *
 * <p>Only this library implements it.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Ordering.</b> Actions run when their macrostep is committed, before {@link #fire} returns.
 *
 * <p><b>Failure.</b> What a guard or a function throws is {@link Outcome.Failed}, and nothing
 * changed. What an action throws reaches the caller, as the cause of an {@link
 * EffectFailedException}: the machine has moved, and the other actions have run.
 *
 * <p><b>Cost.</b> Taking a transition between leaves allocates what its function returns, if the
 * chart has no parallel states.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public interface Instance<S, E> {

  /**
   * Returns the state.
   *
   * @return as {@link Snapshot#state} says
   */
  S state();

  /**
   * Returns where the instance stands.
   *
   * @return the snapshot
   */
  Snapshot<S> snapshot();

  /**
   * Takes an event.
   *
   * @param event the event
   * @return what became of it
   * @throws IllegalArgumentException if the event is of another machine
   * @throws EffectFailedException if an action failed, after the machine moved
   * @throws IllegalStateException if it is called by an action of the same instance
   */
  Outcome fire(E event);
}
