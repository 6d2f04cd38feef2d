package io.stateward.statemachine;

import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.DataFunction;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A transition that no event of yours leads to, under construction: for a time that has passed, for
 * the end of a state, or for a condition alone.
 *
 * <pre>{@code
 * .after(Duration.ofSeconds(30)).when("idle", green -> !green.carsWaiting())
 *     .to(Yellow.class, green -> new Yellow())
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <E> the type of the events
 * @param <T> the type of the state that has the transition
 * @since 0.1
 */
public final class EventlessDefinition<S, E, T extends S> {

  private final Draft draft;
  private final StateDefinition<S, E, T> state;
  private final Arrow arrow;

  EventlessDefinition(Draft draft, StateDefinition<S, E, T> state, Arrow arrow) {
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
  public EventlessDefinition<S, E, T> when(String name, Predicate<? super T> guard) {
    arrow.when(name, Erased.test(guard));
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
  public EventlessDefinition<S, E, T> when(
      String name, BiFunction<? super T, View, Boolean> guard) {
    Objects.requireNonNull(guard, "guard");
    arrow.when(name, (data, event, view) -> guard.apply(Erased.cast(data), view));
    return this;
  }

  /**
   * Changes a context, or the data of another active state.
   *
   * @param <D> the type of the data
   * @param data a context, or a leaf that is active then
   * @param function makes the next value of the current one and this state
   * @return this
   */
  public <D> EventlessDefinition<S, E, T> assign(
      Class<D> data, BiFunction<? super D, ? super T, ? extends D> function) {
    Objects.requireNonNull(function, "function");
    arrow.assign(
        data, (current, own, event) -> function.apply(Erased.cast(current), Erased.cast(own)));
    return this;
  }

  /**
   * Adds work that is done once the macrostep is committed.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EventlessDefinition<S, E, T> run(String name, StateAction<? super T> action) {
    arrow.run(name, Erased.body(action));
    return this;
  }

  /**
   * Adds work that is done once the macrostep is committed, and must not be done twice.
   *
   * @param name unique in the state
   * @param action does it
   * @return this
   */
  public EventlessDefinition<S, E, T> run(String name, StateAction.Keyed<? super T> action) {
    arrow.run(name, Erased.body(action));
    return this;
  }

  /**
   * Adds an event for this machine, taken in the same macrostep, before any other event.
   *
   * @param event makes it
   * @return this
   */
  public EventlessDefinition<S, E, T> raise(Function<? super T, ? extends E> event) {
    arrow.raise(maker(event));
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
  public EventlessDefinition<S, E, T> send(
      String name, Duration delay, Function<? super T, ? extends E> event) {
    arrow.send(name, delay, maker(event));
    return this;
  }

  /**
   * Drops what was sent by a name and is not due yet.
   *
   * @param name what it was sent by
   * @return this
   */
  public EventlessDefinition<S, E, T> cancel(String name) {
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
  public EventlessDefinition<S, E, T> emit(
      String name, Function<? super T, ? extends Object> value) {
    arrow.action(new Action.Emit(Objects.requireNonNull(name, "name"), maker(value)));
    return this;
  }

  private static <T> Action.Maker maker(Function<? super T, ? extends Object> function) {
    Objects.requireNonNull(function, "function");
    return (data, event) -> function.apply(Erased.cast(data));
  }

  /**
   * Leaves the state and enters it again, even if the transition leads to a state inside of it.
   *
   * @return this
   */
  public EventlessDefinition<S, E, T> reenter() {
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
  public <U> EventlessDefinition<S, E, T> with(
      Class<U> leaf, Function<? super T, ? extends U> function) {
    arrow.with(leaf, Erased.data(function));
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
      Class<U> leaf, Function<? super T, ? extends U> function) {
    return leadsTo(leaf, Erased.data(function));
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
      Class<U> leaf, BiFunction<? super T, View, ? extends U> function) {
    Objects.requireNonNull(function, "function");
    return leadsTo(leaf, (data, event, view) -> function.apply(Erased.cast(data), view));
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
      Class<U> leaf, Function<? super T, ? extends U> function) {
    return leadsTo(leaf, Erased.data(function));
  }

  private StateDefinition<S, E, T> leadsTo(Class<?> leaf, DataFunction data) {
    arrow.arc().targets().add(0, new ArcSpec.Target(draft.leaf(leaf, arrow.where()), data));
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
      Function<? super T, ? extends U> function) {
    arrow.target(
        Arrow.history(
            draft.state(superstate, arrow.where()),
            true,
            draft.leaf(otherwise, arrow.where()),
            Erased.data(function)),
        null);
    return added();
  }

  /**
   * Ends the transition: the state stays, and changes its data.
   *
   * @param function makes the data, of the same leaf
   * @return the state that has the transition
   */
  public StateDefinition<S, E, T> update(Function<? super T, ? extends T> function) {
    arrow.arc().update(Erased.data(function));
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

  private StateDefinition<S, E, T> added() {
    arrow.addBesides(draft, arrow.arc());
    arrow.add();
    return state;
  }
}
