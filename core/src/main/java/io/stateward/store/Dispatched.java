package io.stateward.store;

import java.util.function.Function;

/**
 * What came of dispatching an action.
 *
 * <pre>{@code
 * String told =
 *     store.dispatch(new Withdraw(50))
 *         .fold(
 *             committed -> "now at version " + committed.version(),
 *             unchanged -> "nothing to do",
 *             unhandled -> "nobody knows this action",
 *             vetoed -> "refused: " + vetoed.reason());
 * }</pre>
 *
 * <p>The hierarchy is sealed. On Java 21 and later switch over it; on Java 17 use {@link #fold}.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the state is.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface Dispatched<S> {

  /**
   * Returns the state that the action left behind: the one that it made, or the one that stands.
   *
   * @return the state
   */
  S state();

  /**
   * Maps whichever outcome it was.
   *
   * @param <R> the type of the result
   * @param committed maps an action that changed the state
   * @param unchanged maps an action that was handled and changed nothing
   * @param unhandled maps an action that nobody handles
   * @param vetoed maps an action that was refused
   * @return the result of the function that was called; exactly one of them is
   */
  default <R> R fold(
      Function<? super Committed<S>, ? extends R> committed,
      Function<? super Unchanged<S>, ? extends R> unchanged,
      Function<? super Unhandled<S>, ? extends R> unhandled,
      Function<? super Vetoed<S>, ? extends R> vetoed) {
    if (this instanceof Committed<S> outcome) {
      return committed.apply(outcome);
    } else if (this instanceof Unchanged<S> outcome) {
      return unchanged.apply(outcome);
    } else if (this instanceof Unhandled<S> outcome) {
      return unhandled.apply(outcome);
    }
    return vetoed.apply((Vetoed<S>) this);
  }

  /**
   * The action changed the state.
   *
   * @param <S> the type of the state
   * @param state the state that it made
   * @param version the version of that state; in the body of {@link Store#atomically}, the one that
   *     it will have if the body succeeds
   */
  record Committed<S>(S state, long version) implements Dispatched<S> {}

  /**
   * The action was handled, and the state is the identical one as before.
   *
   * @param <S> the type of the state
   * @param state the state that stands
   */
  record Unchanged<S>(S state) implements Dispatched<S> {}

  /**
   * No reducer handles the action, so nothing changed. This is also reported, once for each type of
   * action.
   *
   * @param <S> the type of the state
   * @param state the state that stands
   */
  record Unhandled<S>(S state) implements Dispatched<S> {}

  /**
   * A middleware refused the action, so nothing changed.
   *
   * @param <S> the type of the state
   * @param state the state that stands
   * @param reason why, in the middleware's words
   */
  record Vetoed<S>(S state, String reason) implements Dispatched<S> {}
}
