package io.stateward.statemachine;

import io.stateward.signal.Function3;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.DataFunction;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * A transition for an event under construction: a guard and actions, then where it leads.
 *
 * <pre>{@code
 * .on(Retry.class)
 *     .when("attempt < 3", (failed, retry) -> failed.attempt() < 3)
 *     .run("log", (failed, retry) -> log.info("again: {}", failed.order()))
 *     .to(Validating.class, (failed, retry) -> failed.again())
 * }</pre>
 *
 * <p>Functions are given the data of the state that has the transition, as it was before; a third
 * parameter, where there is one, sees what is around.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <E> the type of the events
 * @param <T> the type of the state that has the transition
 * @param <V> the type of the event
 * @since 0.1
 */
public final class TransitionDefinition<S, E, T extends S, V> {

  private final Draft draft;
  private final StateDefinition<S, E, T> state;
  private final Arrow arrow;

  TransitionDefinition(Draft draft, StateDefinition<S, E, T> state, Arrow arrow) {
    this.draft = draft;
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
  public TransitionDefinition<S, E, T, V> when(
      String name, BiPredicate<? super T, ? super V> guard) {
    arrow.when(name, Plain.test(Objects.requireNonNull(guard, "guard")));
    return this;
  }

  /**
   * Lets the transition be taken only if a condition holds on what is around.
   *
   * @param name what the condition is called in diagrams and refusals
   * @param guard the condition; free of side effects
   * @return this
   * @throws IllegalStateException if it has a guard already
   */
  public TransitionDefinition<S, E, T, V> when(
      String name, Function3<? super T, ? super V, View, Boolean> guard) {
    arrow.when(name, Erased.test(guard));
    return this;
  }

  /**
   * Changes a context, or the data of another active state, such as that of a parallel state
   * around.
   *
   * @param <D> the type of the data
   * @param data a context, or a leaf that is active then
   * @param function makes the next value of the current one, this state, and the event
   * @return this
   */
  public <D> TransitionDefinition<S, E, T, V> assign(
      Class<D> data, Function3<? super D, ? super T, ? super V, ? extends D> function) {
    arrow.assign(data, Erased.assign(function));
    return this;
  }

  /**
   * Adds work that is done once the macrostep is committed.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public TransitionDefinition<S, E, T, V> run(
      String name, EventAction<? super T, ? super V> action) {
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
  public TransitionDefinition<S, E, T, V> run(
      String name, EventAction.Keyed<? super T, ? super V> action) {
    arrow.run(name, Erased.body(action));
    return this;
  }

  /**
   * Adds an event for this machine, taken in the same macrostep, before any other event.
   *
   * @param event makes it
   * @return this
   */
  public TransitionDefinition<S, E, T, V> raise(
      BiFunction<? super T, ? super V, ? extends E> event) {
    arrow.raise(Erased.maker(event));
    return this;
  }

  /**
   * Adds an event for this machine, taken in a macrostep of its own after some time, whatever state
   * is active then.
   *
   * @param name what to {@link #cancel} it by
   * @param delay how long to wait; zero or more
   * @param event makes it
   * @return this
   */
  public TransitionDefinition<S, E, T, V> send(
      String name, Duration delay, BiFunction<? super T, ? super V, ? extends E> event) {
    arrow.send(name, delay, Erased.maker(event));
    return this;
  }

  /**
   * Drops what was sent by a name and is not due yet.
   *
   * @param name what it was sent by
   * @return this
   */
  public TransitionDefinition<S, E, T, V> cancel(String name) {
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
  public TransitionDefinition<S, E, T, V> emit(
      String name, BiFunction<? super T, ? super V, ? extends Object> value) {
    arrow.action(new Action.Emit(Objects.requireNonNull(name, "name"), Erased.maker(value)));
    return this;
  }

  /**
   * Leaves the state and enters it again, even if the transition leads to a state inside of it.
   *
   * @return this
   */
  public TransitionDefinition<S, E, T, V> reenter() {
    arrow.arc().external(true);
    return this;
  }

  /**
   * Besides where it leads, puts a region of that parallel state into a state of its own instead of
   * the initial one.
   *
   * @param <U> the type of the state in the region
   * @param leaf the state in the region
   * @param function makes it
   * @return this
   */
  public <U> TransitionDefinition<S, E, T, V> with(
      Class<U> leaf, BiFunction<? super T, ? super V, ? extends U> function) {
    arrow.with(leaf, Plain.data(Objects.requireNonNull(function, "function")));
    return this;
  }

  /**
   * Ends the transition: it leads to a state.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return the state that has the transition
   */
  public <U extends S> StateDefinition<S, E, T> to(
      Class<U> leaf, BiFunction<? super T, ? super V, ? extends U> function) {
    return leadsTo(leaf, Plain.data(Objects.requireNonNull(function, "function")));
  }

  /**
   * Ends the transition: it leads to a state, which is made from what is around.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return the state that has the transition
   */
  public <U extends S> StateDefinition<S, E, T> to(
      Class<U> leaf, Function3<? super T, ? super V, View, ? extends U> function) {
    return leadsTo(leaf, Erased.data(function));
  }

  /**
   * Ends the transition: it leads out of the region, to a state around it.
   *
   * @param <U> the type of the state
   * @param leaf a state of a region around this one
   * @param function makes it
   * @return the state that has the transition
   */
  public <U> StateDefinition<S, E, T> toOuter(
      Class<U> leaf, BiFunction<? super T, ? super V, ? extends U> function) {
    return leadsTo(leaf, Plain.data(Objects.requireNonNull(function, "function")));
  }

  private StateDefinition<S, E, T> leadsTo(Class<?> leaf, DataFunction data) {
    StateSpec target = draft.leaf(leaf, arrow.where());
    arrow.arc().targets().add(0, new ArcSpec.Target(target, data));
    return added();
  }

  /**
   * Ends the transition: it leads to where a superstate begins.
   *
   * @param superstate one that has an {@link StateDefinition#initial initial} state
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> toInitial(Class<? extends S> superstate) {
    arrow.target(draft.state(superstate, arrow.where()), null);
    return added();
  }

  /**
   * Ends the transition: it leads to the leaf of a superstate that was active when that was left.
   *
   * @param <U> the type of the leaf without a past
   * @param superstate whose leaf
   * @param otherwise the leaf, if the superstate was never active
   * @param function makes that
   * @return the state that has the transition
   */
  public <U extends S> StateDefinition<S, E, T> toHistory(
      Class<? extends S> superstate,
      Class<U> otherwise,
      BiFunction<? super T, ? super V, ? extends U> function) {
    return history(superstate, true, otherwise, function);
  }

  /**
   * Ends the transition: it leads to the child of a superstate that was active when that was left;
   * to where that child begins, if it is a superstate itself.
   *
   * @param <U> the type of the leaf without a past
   * @param superstate whose child
   * @param otherwise the leaf, if the superstate was never active
   * @param function makes that
   * @return the state that has the transition
   */
  public <U extends S> StateDefinition<S, E, T> toShallowHistory(
      Class<? extends S> superstate,
      Class<U> otherwise,
      BiFunction<? super T, ? super V, ? extends U> function) {
    return history(superstate, false, otherwise, function);
  }

  private StateDefinition<S, E, T> history(
      Class<?> superstate, boolean deep, Class<?> otherwise, BiFunction<?, ?, ?> function) {
    DataFunction data = Plain.data(Objects.requireNonNull(function, "function"));
    StateSpec of = draft.state(superstate, arrow.where());
    StateSpec leaf = draft.leaf(otherwise, arrow.where());
    arrow.target(Arrow.history(of, deep, leaf, data), null);
    return added();
  }

  /**
   * Ends the transition: the state stays, and changes its data.
   *
   * @param function makes the data, of the same leaf
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> update(BiFunction<? super T, ? super V, ? extends T> function) {
    arrow.arc().update(Plain.data(Objects.requireNonNull(function, "function")));
    return added();
  }

  /**
   * Ends the transition: the state stays as it is, and the actions are all that happens.
   *
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> stay() {
    return added();
  }

  /**
   * Ends the transition: the event is dropped, on purpose.
   *
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> ignore() {
    arrow.arc().reaction(ArcSpec.Reaction.IGNORE);
    return added();
  }

  /**
   * Ends the transition: the event waits until the machine has moved to a state that takes it.
   *
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> defer() {
    arrow.arc().reaction(ArcSpec.Reaction.DEFER);
    return added();
  }

  /**
   * Ends the transition: it leads to the first of several states whose condition holds.
   *
   * @param choice the states, by {@link ChoiceDefinition#when}, and the one {@link
   *     ChoiceDefinition#otherwise}
   * @return the state that has the transition
   * @throws IllegalStateException if it has a guard, which the choice would hide
   */
  public StateDefinition<S, E, T> choose(UnaryOperator<ChoiceDefinition<S, T, V>> choice) {
    Objects.requireNonNull(choice.apply(new ChoiceDefinition<>(draft, arrow)), "choice");
    return state;
  }

  private StateDefinition<S, E, T> added() {
    arrow.addBesides(draft, arrow.arc());
    arrow.add();
    return state;
  }
}
