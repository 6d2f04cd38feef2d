package io.stateward.statemachine;

import io.stateward.flow.Work;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.TimerSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a state does while a definition is under construction.
 *
 * <pre>{@code
 * .in(Failed.class, s -> s
 *     .entry("alert", failed -> pager.call(failed.cause()))
 *     .on(Retry.class).when("attempt < 3", (failed, retry) -> failed.attempt() < 3)
 *         .to(Validating.class, (failed, retry) -> failed.again())
 *     .after(Duration.ofHours(1)).to(Idle.class, failed -> new Idle()))
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Ordering.</b> Of two transitions for one event, the first that is enabled counts; those of
 * a leaf come before those of what is around it.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <E> the type of the events
 * @param <T> the type of this state
 * @since 0.1
 */
public final class StateDefinition<S, E, T extends S> {

  private final Draft draft;
  private final StateSpec state;

  StateDefinition(Draft draft, StateSpec state) {
    this.draft = draft;
    this.state = state;
  }

  /**
   * Adds what is done when the state is entered.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public StateDefinition<S, E, T> entry(String name, StateAction<? super T> action) {
    return entry(new Action.Run(name, Erased.body(action)));
  }

  /**
   * Adds what is done when the state is entered, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public StateDefinition<S, E, T> entry(String name, StateAction.Keyed<? super T> action) {
    return entry(new Action.Run(name, Erased.body(action)));
  }

  private StateDefinition<S, E, T> entry(Action action) {
    state.entry().add(action);
    return this;
  }

  /**
   * Adds what is done when the state is left.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public StateDefinition<S, E, T> exit(String name, StateAction<? super T> action) {
    return exit(new Action.Run(name, Erased.body(action)));
  }

  /**
   * Adds what is done when the state is left, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public StateDefinition<S, E, T> exit(String name, StateAction.Keyed<? super T> action) {
    return exit(new Action.Run(name, Erased.body(action)));
  }

  private StateDefinition<S, E, T> exit(Action action) {
    state.exit().add(action);
    return this;
  }

  /**
   * Begins a transition for a type of event.
   *
   * @param <V> the type of the event
   * @param event a record of the events, or a sealed interface for all that it permits; the type of
   *     all events for every one
   * @return the transition, to be ended by where it leads
   */
  public <V extends E> TransitionDefinition<S, E, T, V> on(Class<V> event) {
    return transition(Trigger.on(event));
  }

  /**
   * Begins a transition for an event that is a constant.
   *
   * @param event the constant of an enum
   * @return the transition, to be ended by where it leads
   */
  public TransitionDefinition<S, E, T, E> on(E event) {
    return transition(Trigger.on(event));
  }

  /**
   * Begins a transition for whatever event comes.
   *
   * @return the transition, to be ended by where it leads
   */
  public TransitionDefinition<S, E, T, E> onAny() {
    return transition(Trigger.any());
  }

  private <V> TransitionDefinition<S, E, T, V> transition(Trigger trigger) {
    return new TransitionDefinition<>(draft, this, new Arrow(state, trigger));
  }

  /**
   * Begins a transition that waits for no event: it is taken as soon as its guard allows, before
   * any event is looked at.
   *
   * @return the transition, to be ended by where it leads
   */
  public EventlessDefinition<S, E, T> always() {
    return eventless(new Trigger.Always());
  }

  /**
   * Begins a transition for the end of this state: a superstate of which a final leaf is active, or
   * a parallel state of which each region has come to its end.
   *
   * @return the transition, to be ended by where it leads
   */
  public EventlessDefinition<S, E, T> onDone() {
    return eventless(new Trigger.Done());
  }

  /**
   * Begins a transition for when the state has been active for some time.
   *
   * @param delay how long; more than zero, in whole milliseconds
   * @return the transition, to be ended by where it leads
   * @throws IllegalArgumentException if it is less than a millisecond
   */
  public EventlessDefinition<S, E, T> after(Duration delay) {
    Settings.delay(state, delay);
    return eventless(new Trigger.After(Settings.timer(state, delay)));
  }

  /**
   * Begins a transition for when the state has been active for a time that its data says.
   *
   * @param name what the timer is called in diagrams and snapshots; unique in the state
   * @param delay says how long, when the state is entered; zero or less for at once
   * @return the transition, to be ended by where it leads
   */
  public EventlessDefinition<S, E, T> after(String name, Function<? super T, Duration> delay) {
    return after(new TimerSpec(name, data -> delay.apply(Erased.cast(data))));
  }

  private EventlessDefinition<S, E, T> after(TimerSpec timer) {
    state.timers().add(timer);
    return eventless(new Trigger.After(timer));
  }

  private EventlessDefinition<S, E, T> eventless(Trigger trigger) {
    return new EventlessDefinition<>(draft, this, new Arrow(state, trigger));
  }

  /**
   * Begins work that runs while the state is active, on a thread that it may block.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work does it
   * @return the work, to be ended by what its result and its failure lead to
   */
  public <R extends @Nullable Object> InvokeDefinition<S, E, T, R> invoke(
      String name, Work<? super T, ? extends R> work) {
    Objects.requireNonNull(work, "work");
    return invoke(name, (InvokeWork<T, R>) (data, run) -> work.call(data));
  }

  /**
   * Begins work that runs while the state is active, on a thread that it may block, and that is
   * told its idempotency key.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work does it
   * @return the work, to be ended by what its result and its failure lead to
   */
  public <R extends @Nullable Object> InvokeDefinition<S, E, T, R> invoke(
      String name, InvokeWork<? super T, ? extends R> work) {
    return invoked(name, Erased.blocking(work));
  }

  /**
   * Begins work that runs while the state is active, and is a stage.
   *
   * @param <R> the type of the result
   * @param name unique in the state
   * @param work starts it, without blocking; a future is cancelled when the state is left
   * @return the work, to be ended by what its result and its failure lead to
   */
  public <R extends @Nullable Object> InvokeDefinition<S, E, T, R> invokeStage(
      String name,
      BiFunction<? super T, ? super InvokeContext, ? extends CompletionStage<? extends R>> work) {
    return invoked(name, Erased.stage(work));
  }

  /**
   * Begins a machine that runs while the state is active.
   *
   * @param <R> the type of that machine's state
   * @param name unique in the state
   * @param machine which
   * @param input makes its parameter
   * @return the machine, to be ended by what its final state and its failure lead to
   */
  public <R> InvokeDefinition<S, E, T, R> invokeMachine(
      String name, Machine<R, ?> machine, Function<? super T, ? extends Object> input) {
    return invoked(name, new InvokeSpec.Child(machine, Erased.input(input)));
  }

  private <R extends @Nullable Object> InvokeDefinition<S, E, T, R> invoked(
      String name, InvokeSpec.Work work) {
    InvokeSpec invoke = new InvokeSpec(Objects.requireNonNull(name, "name"), work);
    state.invokes().add(invoke);
    return new InvokeDefinition<>(draft, this, state, invoke);
  }

  /**
   * Says where a superstate begins, for who leads to it as a whole.
   *
   * @param <U> the type of the leaf
   * @param leaf a leaf inside of it
   * @param function makes it, of nothing but what the machine was led by
   * @return this
   */
  public <U extends T> StateDefinition<S, E, T> initial(
      Class<U> leaf, Supplier<? extends U> function) {
    Objects.requireNonNull(function, "function");
    Region.begin(draft, state, leaf, Plain.data((before, event) -> function.get()));
    return this;
  }

  /**
   * Adds a region, which makes the state a parallel one: each of its regions is in a state of its
   * own.
   *
   * @param <R> the type of the region's state
   * @param type a sealed interface, whose records are the states of the region
   * @param region defines the region
   * @return this
   */
  public <R> StateDefinition<S, E, T> region(
      Class<R> type, UnaryOperator<RegionDefinition<T, R, E>> region) {
    StateSpec root = new StateSpec(draft.nameOf(type), StateSpec.Kind.COMPOUND).region(true);
    draft.grow(root, type);
    state.kind(StateSpec.Kind.PARALLEL);
    state.children().add(root);
    Objects.requireNonNull(region.apply(new RegionDefinition<>(draft, root)), "region");
    return this;
  }
}
