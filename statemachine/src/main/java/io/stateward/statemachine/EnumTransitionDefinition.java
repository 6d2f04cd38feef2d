package io.stateward.statemachine;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Plain;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A transition between constants under construction: a guard and actions, then where it leads.
 *
 * <pre>{@code
 * .on(OrderEvent.PAY).when("in full", (order, pay) -> order.due() == 0).to(Status.PAID)
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @param <C> the type of the data
 * @param <V> the type of the event, or of what else the transition answers to
 * @since 0.1
 */
public final class EnumTransitionDefinition<S extends Enum<S>, E, C, V extends @Nullable Object> {

  private final EnumDefinition<S, E, C> machine;
  private final EnumStateDefinition<S, E, C> state;
  private final Arrow arrow;

  EnumTransitionDefinition(
      EnumDefinition<S, E, C> machine, EnumStateDefinition<S, E, C> state, Arrow arrow) {
    this.machine = machine;
    this.state = state;
    this.arrow = arrow;
  }

  /**
   * Lets the transition be taken only if a condition holds.
   *
   * @param name what the condition is called in diagrams and refusals
   * @param guard the condition; free of side effects
   * @return this
   * @throws IllegalStateException if it has a guard already
   */
  public EnumTransitionDefinition<S, E, C, V> when(
      String name, BiPredicate<? super C, ? super V> guard) {
    arrow.when(name, Plain.test(Objects.requireNonNull(guard, "guard")));
    return this;
  }

  /**
   * Changes the data.
   *
   * @param function makes the next value
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> assign(
      BiFunction<? super C, ? super V, ? extends C> function) {
    arrow.arc().update(Plain.data(Objects.requireNonNull(function, "function")));
    return this;
  }

  /**
   * Adds work that is done once the macrostep is committed.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> run(
      String name, EventAction<? super C, ? super V> action) {
    arrow.run(name, Plain.body(Objects.requireNonNull(action, "action")));
    return this;
  }

  /**
   * Adds work that is done once the macrostep is committed, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> run(
      String name, EventAction.Keyed<? super C, ? super V> action) {
    arrow.run(name, Erased.body(action));
    return this;
  }

  /**
   * Adds an event for this machine, taken in the same macrostep, before any other event.
   *
   * @param event the event
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> raise(E event) {
    Objects.requireNonNull(event, "event");
    String kind =
        event instanceof Enum<?> constant ? constant.name() : event.getClass().getSimpleName();
    arrow.raise(kind, (data, cause) -> event);
    return this;
  }

  /**
   * Adds an event for this machine, taken in a macrostep of its own after some time, whatever state
   * is active then.
   *
   * @param name what to {@link #cancel} it by
   * @param delay how long to wait; zero or more
   * @param event the event
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> send(String name, Duration delay, E event) {
    Objects.requireNonNull(event, "event");
    arrow.send(name, delay, (data, cause) -> event);
    return this;
  }

  /**
   * Drops what was sent by a name and is not due yet.
   *
   * @param name what it was sent by
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> cancel(String name) {
    arrow.action(new Action.Cancel(Objects.requireNonNull(name, "name")));
    return this;
  }

  /**
   * Adds a value for those who listen to the machine, told once the macrostep is committed.
   *
   * @param name what it is called
   * @param value makes it
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> emit(
      String name, BiFunction<? super C, ? super V, ? extends Object> value) {
    arrow.action(new Action.Emit(Objects.requireNonNull(name, "name"), Erased.maker(value)));
    return this;
  }

  /**
   * Leaves the state and enters it again, even if the transition leads to a state inside of it.
   *
   * @return this
   */
  public EnumTransitionDefinition<S, E, C, V> reenter() {
    arrow.arc().external(true);
    return this;
  }

  /**
   * Ends the transition: it leads to a state; of a superstate, to where that begins.
   *
   * @param target the state
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> to(S target) {
    arrow.target(machine.state(target), null);
    return added();
  }

  /**
   * Ends the transition: it leads to the leaf of a superstate that was active when that was left.
   *
   * @param superstate whose leaf
   * @param otherwise the leaf, if the superstate was never active
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> toHistory(S superstate, S otherwise) {
    arrow.target(
        Arrow.history(machine.state(superstate), true, machine.state(otherwise), null), null);
    return added();
  }

  /**
   * Ends the transition: it leads to the child of a superstate that was active when that was left.
   *
   * @param superstate whose child
   * @param otherwise the child, if the superstate was never active
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> toShallowHistory(S superstate, S otherwise) {
    arrow.target(
        Arrow.history(machine.state(superstate), false, machine.state(otherwise), null), null);
    return added();
  }

  /**
   * Ends the transition: the state stays, and its changes of data and actions are all that happens.
   *
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> stay() {
    return added();
  }

  /**
   * Ends the transition: the event is dropped, on purpose.
   *
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> ignore() {
    arrow.arc().reaction(ArcSpec.Reaction.IGNORE);
    return added();
  }

  /**
   * Ends the transition: the event waits until the machine has moved to a state that takes it.
   *
   * @return the state that has the transition
   */
  public EnumStateDefinition<S, E, C> defer() {
    arrow.arc().reaction(ArcSpec.Reaction.DEFER);
    return added();
  }

  private EnumStateDefinition<S, E, C> added() {
    arrow.add();
    return state;
  }
}
