package io.stateward.statemachine;

import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A region of a parallel state under construction.
 *
 * <pre>{@code
 * .in(Playing.class, s -> s
 *     .region(Volume.class, r -> r
 *         .initial(new Audible())
 *         .in(Audible.class, v -> v.on(Mute.class).to(Muted.class, (audible, mute) -> new Muted()))))
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <P> the type of the parallel state
 * @param <R> the type of the region's state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class RegionDefinition<P, R, E> {

  private final Draft draft;
  private final Region<R, E> region;

  RegionDefinition(Draft draft, StateSpec state) {
    this.draft = draft;
    this.region = new Region<>(draft, state);
  }

  /**
   * Says which state the region begins in.
   *
   * @param state the state
   * @return this
   */
  public RegionDefinition<P, R, E> initial(R state) {
    region.initial(state.getClass(), Plain.data((parallel, event) -> state));
    return this;
  }

  /**
   * Says which state the region begins in, which is made from the parallel state.
   *
   * @param <T> the type of the state
   * @param state the state
   * @param function makes it
   * @return this
   */
  public <T extends R> RegionDefinition<P, R, E> initial(
      Class<T> state, Function<? super P, ? extends T> function) {
    region.initial(state, Erased.data(function));
    return this;
  }

  /**
   * Defines what a state of the region does, or adds to it.
   *
   * @param <T> the type of the state
   * @param state a leaf or a superstate
   * @param definition what it does
   * @return this
   */
  public <T extends R> RegionDefinition<P, R, E> in(
      Class<T> state, UnaryOperator<StateDefinition<R, E, T>> definition) {
    region.in(state, definition);
    return this;
  }

  /**
   * Says which states end their superstate, or the region.
   *
   * @param states leaves, which have no transitions
   * @return this
   */
  @SafeVarargs
  public final RegionDefinition<P, R, E> finals(Class<? extends R>... states) {
    for (Class<? extends R> state : states) {
      draft.end(state);
    }
    return this;
  }
}
