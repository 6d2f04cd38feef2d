package io.stateward.store;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Subscription;
import java.util.function.UnaryOperator;

/**
 * A store that changes by actions: what happened is said by the caller, what follows from it by the
 * {@link Reducer}.
 *
 * <pre>{@code
 * ReducingStore<Board, Move> store = Store.reducing("board", Board.empty(), Board::after);
 * store.use(Middleware.logging(log));
 * store.dispatch(new Add("milk"));
 * Signal<Integer> open = store.select(Board::openCount);
 * }</pre>
 *
 * <p>It is a {@link Store} in every other respect: it is read, selected from, sliced and updated
 * atomically like one.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Reducers run once per dispatch, under
 * the lock of the store.
 *
 * <p><b>Ordering.</b> When {@code dispatch} returns, the state that it made is visible to everyone.
 * A dispatch made inside a callback is delivered after the commit that the callback is told of.
 *
 * <p><b>Failure.</b> A reducer that throws, or returns null, changes nothing, and the exception
 * reaches who dispatched. An action that nobody handles is an outcome, and is reported once for
 * each type of action.
 *
 * <p><b>Cost.</b> A dispatch costs an update and one small object for the outcome; each middleware
 * around it, one more; a recorder, a few.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions; best a sealed interface of records
 * @since 0.1
 */
public interface ReducingStore<S, A> extends Store<S> {

  /**
   * Commits what follows from an action.
   *
   * @param action what happened, or is to be done
   * @return what came of it
   * @throws NestedUpdateException if an updater or a reducer makes it
   * @throws ClosedException if the store is closed
   * @throws NullPointerException if the reducer returns null
   */
  Dispatched<S> dispatch(A action);

  /**
   * Commits the result of a function of the current state, without an action: for hydration, undo
   * and the like. It passes by what is around a dispatch; checks and recorders see it.
   *
   * @param updater computes the next state; pure, and called exactly once
   * @return the state after this update
   * @throws VetoedException if a check objects
   */
  @Override
  S update(UnaryOperator<S> updater);

  /**
   * Adds a middleware, after those there are.
   *
   * @param middleware what to add; the same one may be added twice
   * @return a subscription that takes it out again when closed; dispatches under way may still pass
   *     it
   * @throws NestedUpdateException if an updater does it, or the body of an atomic update adds a
   *     recorder
   * @throws ClosedException if the store is closed
   */
  Subscription use(Middleware<S, A> middleware);

  /**
   * Adds a reducer, after those there are: the way in for a part of an application that is loaded
   * late.
   *
   * <pre>{@code
   * Lens<App, Chat> CHAT = Lens.of(App::chat, App::withChat);
   * Subscription chat = store.inject(Reducer.slice(CHAT, Chat::after));
   * }</pre>
   *
   * @param reducer what to add
   * @return a subscription that takes it out again when closed; the state stays as it is
   * @throws NestedUpdateException if an updater does it
   * @throws ClosedException if the store is closed
   */
  Subscription inject(Reducer<S, A> reducer);

  /**
   * Returns what this store does about actions, to repeat them on another state.
   *
   * @return a reducer: that of this store, with whatever is injected when it is called
   */
  Reducer<S, A> reducer();

  @Override
  ReducingStore<S, A> named(String name);
}
