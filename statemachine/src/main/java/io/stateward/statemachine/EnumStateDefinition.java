package io.stateward.statemachine;

import io.stateward.flow.Work;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a constant does while a definition is under construction.
 *
 * <pre>{@code
 * .in(Status.PAID, s -> s
 *     .entry("thank", order -> mail.thank(order.customer()))
 *     .on(OrderEvent.SHIP).to(Status.SHIPPED)
 *     .after(Duration.ofDays(14)).to(Status.OVERDUE))
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Ordering.</b> Of two transitions for one event, the first that is enabled counts; those of
 * a leaf come before those of what is around it.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @param <C> the type of the data
 * @since 0.1
 */
public final class EnumStateDefinition<S extends Enum<S>, E, C> {

  private final EnumDefinition<S, E, C> machine;
  private final StateSpec state;

  EnumStateDefinition(EnumDefinition<S, E, C> machine, StateSpec state) {
    this.machine = machine;
    this.state = state;
  }

  /**
   * Adds what is done when the state is entered.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumStateDefinition<S, E, C> entry(String name, StateAction<? super C> action) {
    state.entry().add(new Action.Run(name, Erased.body(action)));
    return this;
  }

  /**
   * Adds what is done when the state is entered, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumStateDefinition<S, E, C> entry(String name, StateAction.Keyed<? super C> action) {
    state.entry().add(new Action.Run(name, Erased.body(action)));
    return this;
  }

  /**
   * Adds what is done when the state is left.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumStateDefinition<S, E, C> exit(String name, StateAction<? super C> action) {
    state.exit().add(new Action.Run(name, Erased.body(action)));
    return this;
  }

  /**
   * Adds what is done when the state is left, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumStateDefinition<S, E, C> exit(String name, StateAction.Keyed<? super C> action) {
    state.exit().add(new Action.Run(name, Erased.body(action)));
    return this;
  }

  /**
   * Begins a transition for a type of event.
   *
   * @param <V> the type of the event
   * @param event a record of the events, or a sealed interface for all that it permits
   * @return the transition, to be ended by where it leads
   */
  public <V extends E> EnumTransitionDefinition<S, E, C, V> on(Class<V> event) {
    return transition(Trigger.on(event));
  }

  /**
   * Begins a transition for an event that is a constant.
   *
   * @param event the constant of an enum
   * @return the transition, to be ended by where it leads
   */
  public EnumTransitionDefinition<S, E, C, E> on(E event) {
    return transition(Trigger.on(event));
  }

  /**
   * Begins a transition for whatever event comes.
   *
   * @return the transition, to be ended by where it leads
   */
  public EnumTransitionDefinition<S, E, C, E> onAny() {
    return transition(Trigger.any());
  }

  /**
   * Begins a transition that waits for no event: it is taken as soon as its guard allows, before
   * any event is looked at.
   *
   * @return the transition, to be ended by where it leads; its event is null
   */
  public EnumTransitionDefinition<S, E, C, @Nullable Object> always() {
    return transition(new Trigger.Always());
  }

  /**
   * Begins a transition for the end of this superstate, of which a final leaf is active.
   *
   * @return the transition, to be ended by where it leads; its event is null
   */
  public EnumTransitionDefinition<S, E, C, @Nullable Object> onDone() {
    return transition(new Trigger.Done());
  }

  /**
   * Begins a transition for when the state has been active for some time.
   *
   * @param delay how long; more than zero, in whole milliseconds
   * @return the transition, to be ended by where it leads; its event is null
   * @throws IllegalArgumentException if it is less than a millisecond
   */
  public EnumTransitionDefinition<S, E, C, @Nullable Object> after(Duration delay) {
    Settings.delay(state, delay);
    return transition(new Trigger.After(Settings.timer(state, delay)));
  }

  /**
   * Begins a transition for when the state has been active for a time that the data says.
   *
   * @param name what the timer is called in diagrams and snapshots; unique in the state
   * @param delay says how long, when the state is entered; zero or less for at once
   * @return the transition, to be ended by where it leads; its event is null
   */
  public EnumTransitionDefinition<S, E, C, @Nullable Object> after(
      String name, Function<? super C, Duration> delay) {
    return after(new TimerSpec(name, data -> delay.apply(Erased.cast(data))));
  }

  private EnumTransitionDefinition<S, E, C, @Nullable Object> after(TimerSpec timer) {
    state.timers().add(timer);
    return transition(new Trigger.After(timer));
  }

  /**
   * Begins work that runs while the state is active, on a thread that it may block.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work does it
   * @return the work: its limits, and what its result and its failure lead to
   */
  public <R extends @Nullable Object> EnumInvokeDefinition<S, E, C, R> invoke(
      String name, Work<? super C, ? extends R> work) {
    Objects.requireNonNull(work, "work");
    return invoke(name, (InvokeWork<C, R>) (data, run) -> work.call(data));
  }

  /**
   * Begins work that runs while the state is active, on a thread that it may block, and that is
   * told its idempotency key.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work does it
   * @return the work: its limits, and what its result and its failure lead to
   */
  public <R extends @Nullable Object> EnumInvokeDefinition<S, E, C, R> invoke(
      String name, InvokeWork<? super C, ? extends R> work) {
    return invoked(name, Erased.blocking(work));
  }

  /**
   * Begins work that runs while the state is active, and is a stage.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work starts it, without blocking; a future is cancelled when the state is left
   * @return the work: its limits, and what its result and its failure lead to
   */
  public <R extends @Nullable Object> EnumInvokeDefinition<S, E, C, R> invokeStage(
      String name,
      BiFunction<? super C, ? super InvokeContext, ? extends CompletionStage<? extends R>> work) {
    return invoked(name, Erased.stage(work));
  }

  /**
   * Begins a machine that runs while the state is active.
   *
   * @param <R> the type of that machine's state
   * @param name unique in the state
   * @param child which
   * @param input makes its parameter
   * @return the machine: its limits, and what its final state and its failure lead to
   */
  public <R> EnumInvokeDefinition<S, E, C, R> invokeMachine(
      String name, Machine<R, ?> child, Function<? super C, ? extends Object> input) {
    return invoked(name, new InvokeSpec.Child(child, Erased.input(input)));
  }

  private <R extends @Nullable Object> EnumInvokeDefinition<S, E, C, R> invoked(
      String name, InvokeSpec.Work work) {
    InvokeSpec invoke = new InvokeSpec(Objects.requireNonNull(name, "name"), work);
    state.invokes().add(invoke);
    return new EnumInvokeDefinition<>(machine, this, state, invoke);
  }

  private <V extends @Nullable Object> EnumTransitionDefinition<S, E, C, V> transition(
      Trigger trigger) {
    return new EnumTransitionDefinition<>(machine, this, new Arrow(state, trigger));
  }
}
