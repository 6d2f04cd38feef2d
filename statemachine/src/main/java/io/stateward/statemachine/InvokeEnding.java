package io.stateward.statemachine;

import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * Invoked work under construction, when what its result leads to was said: its failure is left.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <E> the type of the events
 * @param <T> the type of the state that invokes
 * @since 0.1
 */
public final class InvokeEnding<S, E, T extends S> {

  private final Draft draft;
  private final StateDefinition<S, E, T> state;
  private final StateSpec source;
  private final InvokeSpec invoke;

  InvokeEnding(Draft draft, StateDefinition<S, E, T> state, StateSpec source, InvokeSpec invoke) {
    this.draft = draft;
    this.state = state;
    this.source = source;
    this.invoke = invoke;
  }

  /**
   * Says what it leads to if the work takes too long, or is silent for too long; without it that is
   * a failure like others.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return this
   */
  public <U extends S> InvokeEnding<S, E, T> onTimeout(
      Class<U> leaf, BiFunction<? super T, ? super TimeoutException, ? extends U> function) {
    leadsTo(arrow(Trigger.Ending.TIMEOUT), leaf, function);
    return this;
  }

  /**
   * Adds a transition for a failure that a condition holds for; conditions are asked in order,
   * before {@link #onError}.
   *
   * @param <U> the type of the state
   * @param name what the condition is called
   * @param guard the condition
   * @param leaf the state that it leads to
   * @param function makes it
   * @return this
   */
  public <U extends S> InvokeEnding<S, E, T> onErrorWhen(
      String name,
      BiPredicate<? super T, ? super Throwable> guard,
      Class<U> leaf,
      BiFunction<? super T, ? super Throwable, ? extends U> function) {
    Arrow arrow = arrow(Trigger.Ending.ERROR);
    arrow.when(name, Plain.test(guard));
    leadsTo(arrow, leaf, function);
    return this;
  }

  /**
   * Ends the work: says what its failure leads to.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return the state that invokes
   */
  public <U extends S> StateDefinition<S, E, T> onError(
      Class<U> leaf, BiFunction<? super T, ? super Throwable, ? extends U> function) {
    leadsTo(arrow(Trigger.Ending.ERROR), leaf, function);
    return state;
  }

  /**
   * Ends the work: says how its failure changes the data of the state, which stays.
   *
   * @param function makes the data, of the same leaf
   * @return the state that invokes
   */
  public StateDefinition<S, E, T> onErrorUpdate(
      BiFunction<? super T, ? super Throwable, ? extends T> function) {
    Arrow arrow = arrow(Trigger.Ending.ERROR);
    arrow.arc().update(Plain.data(function));
    arrow.add();
    return state;
  }

  /**
   * Ends the work: its failure changes nothing, and is reported to {@link
   * io.stateward.signal.Probe}.
   *
   * @return the state that invokes
   */
  public StateDefinition<S, E, T> onErrorReport() {
    invoke.reported(true);
    return state;
  }

  private Arrow arrow(Trigger.Ending ending) {
    return new Arrow(source, new Trigger.Ended(invoke, ending));
  }

  private void leadsTo(Arrow arrow, Class<?> leaf, BiFunction<?, ?, ?> function) {
    arrow.target(draft.leaf(leaf, arrow.where()), Plain.data(function));
    arrow.add();
  }
}
