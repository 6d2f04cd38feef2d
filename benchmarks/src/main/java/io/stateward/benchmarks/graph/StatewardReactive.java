package io.stateward.benchmarks.graph;

import io.stateward.signal.Reader;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Stateward: every source a store of its own, every derived value tracked by what it reads. */
final class StatewardReactive implements Reactive {

  private final List<Subscription> subscriptions = new ArrayList<>();

  private record Derived<T>(Signal<T> signal) implements Cell<T> {
    @Override
    public T get() {
      return signal.get();
    }

    @Override
    public T read(Object evaluation, int index) {
      return ((Reader) evaluation).get(signal);
    }
  }

  private record Written<T>(Store<T> store) implements Source<T> {
    @Override
    public T get() {
      return store.get();
    }

    @Override
    public T read(Object evaluation, int index) {
      return ((Reader) evaluation).get(store);
    }

    @Override
    public void set(T value) {
      store.set(value);
    }
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Written<>(Store.of(initial));
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return new Derived<>(Signal.derive(from -> function.apply(input.read(from, 0))));
  }

  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    return new Derived<>(Signal.derive(body::evaluate));
  }

  @Override
  public <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
    return derive(inputs, body);
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    Signal<?> signal = cell instanceof Written<?> written ? written.store() : signalOf(cell);
    subscriptions.add(signal.subscribe(change -> effect.run()));
  }

  private static Signal<?> signalOf(Cell<?> cell) {
    return ((Derived<?>) cell).signal();
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    Store<?>[] stores =
        sources.stream().map(source -> ((Written<?>) source).store()).toArray(Store<?>[]::new);
    Store.atomically(writes, stores[0], stores);
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
  }
}
