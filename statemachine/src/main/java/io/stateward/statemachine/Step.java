package io.stateward.statemachine;

import java.util.List;

/**
 * What a macrostep led to, as a value: nothing has been done yet.
 *
 * <pre>{@code
 * Step<Payment> step = PAYMENT.step(snapshot, new Cancel());
 * if (step.outcome().isTaken()) {
 *   save(step.snapshot());
 *   release(step.effects());
 * }
 * }</pre>
 *
 * <p>Only this library implements it.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public interface Step<S> {

  /**
   * Returns where the instance stands now.
   *
   * @return the snapshot; the very one that was given, if nothing changed
   */
  Snapshot<S> snapshot();

  /**
   * Returns what became of the event.
   *
   * @return the outcome
   */
  Outcome outcome();

  /**
   * Returns what is to be done, once the snapshot is committed.
   *
   * @return the effects, in order; empty if the outcome is not one that was taken
   */
  List<Effect> effects();

  /**
   * Returns which transitions were taken.
   *
   * @return the trace
   */
  Trace trace();

  /**
   * Returns what became of events that had been deferred and were tried again, as the machine
   * moved.
   *
   * @return the events, in the order of their coming; without those that go on waiting
   */
  List<Recalled> recalled();

  /**
   * An event that had been deferred and was tried again.
   *
   * @param event the event
   * @param outcome what became of it
   */
  record Recalled(Object event, Outcome outcome) {}
}
