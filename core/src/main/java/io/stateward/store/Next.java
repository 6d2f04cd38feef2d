package io.stateward.store;

/**
 * The rest of the way of an action to its store: the middleware that comes after, and the reducer.
 *
 * <pre>{@code
 * store.use(Middleware.around((action, next) ->
 *     signedIn() ? next.dispatch(action) : next.veto("not signed in")));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; it may be kept and used later.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @since 0.1
 */
public interface Next<S, A> {

  /**
   * Passes an action on: the one that came, or another one in its place.
   *
   * @param action the action
   * @return what came of it
   */
  Dispatched<S> dispatch(A action);

  /**
   * Returns the store that the action is on its way to.
   *
   * @return the store
   */
  ReducingStore<S, A> store();

  /**
   * Returns the outcome of an action that is not passed on.
   *
   * @param reason why not, as a part of a sentence
   * @return the outcome to return
   */
  default Dispatched<S> veto(String reason) {
    return new Dispatched.Vetoed<>(store().get(), reason);
  }
}
