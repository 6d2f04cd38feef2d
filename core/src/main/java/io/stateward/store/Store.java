package io.stateward.store;

import io.stateward.collection.EntityTable;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Function3;
import io.stateward.signal.Function4;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.Node;
import io.stateward.signal.internal.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A holder of one immutable value that changes by commits, and the signals of whatever is in it.
 *
 * <pre>{@code
 * Store<App> store = Store.of("app", App.empty());
 * Signal<String> filter = store.select(App::filter);
 * Subscription shown = filter.subscribe(change -> show(change.now()));
 * store.update(app -> app.withFilter("milk"));
 * shown.close();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Reads never block. Updates of one store
 * take turns; each runs its updater exactly once.
 *
 * <p><b>Ordering.</b> When {@code update} returns, its value is visible to everyone. Commits are
 * delivered in the order of their versions, by one of the threads that commit; an update made
 * inside a callback is delivered after the commit that the callback is told of.
 *
 * <p><b>Failure.</b> An updater that throws changes nothing, and the exception reaches the caller.
 *
 * <p><b>Cost.</b> A commit takes one uncontended lock, one evaluation per observed selector, and
 * for keyed signals as much as the collection differs, however many keys are observed.
 *
 * @param <S> the type of the state; immutable, for example a record
 * @since 0.1
 */
public interface Store<S> extends Signal<S>, AutoCloseable {

  /**
   * Creates a store.
   *
   * @param <S> the type of the state
   * @param initial the state at version 0
   * @return a new store
   */
  static <S> Store<S> of(S initial) {
    return new RootStore<>(initial);
  }

  /**
   * Creates a store with a name, which errors and probes say.
   *
   * @param <S> the type of the state
   * @param name the name
   * @param initial the state at version 0
   * @return a new store
   */
  static <S> Store<S> of(String name, S initial) {
    return new RootStore<>(initial).named(name);
  }

  /**
   * Creates a store that changes by actions.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions; best a sealed interface of records
   * @param initial the state at version 0
   * @param reducer what follows from an action
   * @return a new store
   */
  static <S, A> ReducingStore<S, A> reducing(S initial, Reducer<S, A> reducer) {
    return new ReducingRoot<>(initial, reducer);
  }

  /**
   * Creates a store that changes by actions, with a name, which errors and probes say.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions; best a sealed interface of records
   * @param name the name
   * @param initial the state at version 0
   * @param reducer what follows from an action
   * @return a new store
   */
  static <S, A> ReducingStore<S, A> reducing(String name, S initial, Reducer<S, A> reducer) {
    return new ReducingRoot<>(initial, reducer).named(name);
  }

  /**
   * Creates an ordinary store that takes middleware, with a name. Its actions are the updaters: an
   * {@link #update} is a dispatch, so that middleware is around it, and one that is refused throws
   * {@link VetoedException}.
   *
   * <pre>{@code
   * ReducingStore<Account, UnaryOperator<Account>> account = Store.updating("account", opened);
   * account.use(Middleware.checking((was, now) -> now.balance() < 0 ? "overdrawn" : null));
   * account.update(was -> was.minus(50));
   * }</pre>
   *
   * @param <S> the type of the state
   * @param name the name
   * @param initial the state at version 0
   * @return a new store
   */
  static <S> ReducingStore<S, UnaryOperator<S>> updating(String name, S initial) {
    return new UpdatingRoot<>(initial).named(name);
  }

  /**
   * Commits the result of a function of the current state.
   *
   * @param updater computes the next state; pure, and called exactly once, under the store's lock;
   *     if it returns the identical state, nothing is committed
   * @return the state after this update
   * @throws NestedUpdateException if an updater makes it
   * @throws ClosedException if the store is closed
   * @throws NullPointerException if the updater returns null
   */
  S update(UnaryOperator<S> updater);

  /**
   * Commits a state, whatever the current one is.
   *
   * @param state the next state
   * @throws NestedUpdateException if an updater makes it
   * @throws ClosedException if the store is closed
   */
  default void set(S state) {
    Objects.requireNonNull(state, "state");
    update(before -> state);
  }

  /**
   * Updates several stores in one instant: whoever reads sees all of the updates or none of them.
   *
   * <pre>{@code
   * Store.atomically(() -> {
   *   from.update(account -> account.minus(amount));
   *   to.update(account -> account.plus(amount));
   * }, from, to);
   * }</pre>
   *
   * @param body updates the stores named, and no others; inside it, this thread reads what it
   *     wrote; if it throws, no store has changed
   * @param first a store, or a slice of one
   * @param more the others
   * @throws NestedUpdateException if an updater or another atomic update makes it, or the body
   *     updates a store that is not named
   */
  static void atomically(Runnable body, Store<?> first, Store<?>... more) {
    List<Node<?>> nodes = new ArrayList<>();
    nodes.add(Node.of(first));
    for (Store<?> store : more) {
      nodes.add(Node.of(store));
    }
    Transaction.run(nodes, body);
  }

  /**
   * Returns the signal of a function of the state.
   *
   * @param <T> the type of the part
   * @param selector a pure function
   * @return the signal; it moves only when the part is not equal to the one before
   */
  default <T extends @Nullable Object> Signal<T> select(Function<? super S, ? extends T> selector) {
    return Selections.one(Node.of(this), selector);
  }

  /**
   * Returns the signal of a function of two parts of the state, called again only when one of them
   * changed.
   *
   * @param <A> the type of the first part
   * @param <B> the type of the second part
   * @param <T> the type of the result
   * @param first selects a part
   * @param second selects a part
   * @param combiner a pure function of the parts
   * @return the signal
   */
  default <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
      Signal<T> select(
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          BiFunction<? super A, ? super B, ? extends T> combiner) {
    return Selections.of(Node.of(this), first, second, combiner);
  }

  /**
   * Returns the signal of a function of three parts of the state, called again only when one of
   * them changed.
   *
   * @param <A> the type of the first part
   * @param <B> the type of the second part
   * @param <C> the type of the third part
   * @param <T> the type of the result
   * @param first selects a part
   * @param second selects a part
   * @param third selects a part
   * @param combiner a pure function of the parts
   * @return the signal
   */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          T extends @Nullable Object>
      Signal<T> select(
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          Function<? super S, ? extends C> third,
          Function3<? super A, ? super B, ? super C, ? extends T> combiner) {
    return Selections.of(Node.of(this), first, second, third, combiner);
  }

  /**
   * Returns the signal of a function of four parts of the state, called again only when one of them
   * changed.
   *
   * @param <A> the type of the first part
   * @param <B> the type of the second part
   * @param <C> the type of the third part
   * @param <D> the type of the fourth part
   * @param <T> the type of the result
   * @param first selects a part
   * @param second selects a part
   * @param third selects a part
   * @param fourth selects a part
   * @param combiner a pure function of the parts
   * @return the signal
   */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          T extends @Nullable Object>
      Signal<T> select(
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          Function<? super S, ? extends C> third,
          Function<? super S, ? extends D> fourth,
          Function4<? super A, ? super B, ? super C, ? super D, ? extends T> combiner) {
    return Selections.of(Node.of(this), first, second, third, fourth, combiner);
  }

  /**
   * Returns the entities of a table in the state, to follow one by one.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param table selects the table; a pure function
   * @return the entities by id
   */
  default <K, V> Keyed<K, V> entities(Function<? super S, EntityTable<K, V>> table) {
    return Selections.entities(Node.of(this), table);
  }

  /**
   * Returns the entries of a map in the state, to follow one by one.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param map selects the map; a pure function. Two versions of a {@link
   *     io.stateward.collection.PersistentMap} are compared in O(changes), of any other immutable
   *     map in O(n)
   * @return the values by key
   */
  default <K, V> Keyed<K, V> entries(Function<? super S, ? extends Map<K, V>> map) {
    return Selections.entries(Node.of(this), map);
  }

  /**
   * Returns a store over a part of this one. What is written through either is seen through both.
   *
   * @param <T> the type of the part
   * @param part reads the part
   * @param with returns a state with the part replaced
   * @return the slice
   */
  default <T> Store<T> slice(
      Function<? super S, ? extends T> part, BiFunction<? super S, ? super T, ? extends S> with) {
    return slice(Lens.of(part, with));
  }

  /**
   * Returns a store over a part of this one. What is written through either is seen through both.
   *
   * @param <T> the type of the part
   * @param lens reads and replaces the part
   * @return the slice; closing it ends what is subscribed to the slice and leaves this store open
   */
  <T> Store<T> slice(Lens<S, T> lens);

  @Override
  Store<S> named(String name);

  /**
   * Ends every subscription to this store, to what is selected from it and to its slices. Its last
   * state can still be read; updates are refused. Closing again does nothing.
   */
  @Override
  void close();

  /**
   * Tells whether the store is closed.
   *
   * @return whether {@link #close} was called
   */
  boolean isClosed();
}
