package io.stateward.store;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Function3;
import io.stateward.signal.Function4;
import io.stateward.signal.Signal;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A store that is another one, until a flaw overrides something. */
class ForwardingStore<S> extends ForwardingSignal<S> implements Store<S> {

  final Store<S> store;

  ForwardingStore(Store<S> right) {
    super(right);
    this.store = right;
  }

  @Override
  public S update(UnaryOperator<S> updater) {
    return store.update(updater);
  }

  @Override
  public <T> Signal<T> select(Function<? super S, ? extends T> selector) {
    return store.select(selector);
  }

  @Override
  public <A, B, T> Signal<T> select(
      Function<? super S, ? extends A> first,
      Function<? super S, ? extends B> second,
      BiFunction<? super A, ? super B, ? extends T> combiner) {
    return store.select(first, second, combiner);
  }

  @Override
  public <A, B, C, T> Signal<T> select(
      Function<? super S, ? extends A> first,
      Function<? super S, ? extends B> second,
      Function<? super S, ? extends C> third,
      Function3<? super A, ? super B, ? super C, ? extends T> combiner) {
    return store.select(first, second, third, combiner);
  }

  @Override
  public <A, B, C, D, T> Signal<T> select(
      Function<? super S, ? extends A> first,
      Function<? super S, ? extends B> second,
      Function<? super S, ? extends C> third,
      Function<? super S, ? extends D> fourth,
      Function4<? super A, ? super B, ? super C, ? super D, ? extends T> combiner) {
    return store.select(first, second, third, fourth, combiner);
  }

  @Override
  public <K, V> Keyed<K, V> entities(Function<? super S, EntityTable<K, V>> table) {
    return store.entities(table);
  }

  @Override
  public <K, V> Keyed<K, V> entries(Function<? super S, ? extends Map<K, V>> map) {
    return store.entries(map);
  }

  @Override
  public <T> Store<T> slice(Lens<S, T> lens) {
    return store.slice(lens);
  }

  @Override
  public Store<S> named(String name) {
    store.named(name);
    return this;
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public boolean isClosed() {
    return store.isClosed();
  }
}
