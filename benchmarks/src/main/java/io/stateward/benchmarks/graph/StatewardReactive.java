package io.stateward.benchmarks.graph;

import io.stateward.signal.Reader;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Stateward: every source a store of its own.
 *
 * <p>Where the inputs are known beforehand, they are handed over, with {@code map} and {@code
 * combineAll}; where they depend on the values, {@code derive} tracks what is read. The published
 * graphs have libraries in mind that only track, so there is a second contender that derives
 * everything.
 */
final class StatewardReactive implements Reactive {

  private final boolean derivesAll;
  private final List<Subscription> subscriptions = new ArrayList<>();

  StatewardReactive(boolean derivesAll) {
    this.derivesAll = derivesAll;
  }

  private record Derived<T>(Signal<T> signal) implements Cell<T> {
    @Override
    public T get() {
      return signal.get();
    }

    @Override
    public T read(Object evaluation, int index) {
      return StatewardReactive.read(signal, evaluation, index);
    }
  }

  private record Written<T>(Store<T> store) implements Source<T> {
    @Override
    public T get() {
      return store.get();
    }

    @Override
    public T read(Object evaluation, int index) {
      return StatewardReactive.read(store, evaluation, index);
    }

    @Override
    public void set(T value) {
      store.set(value);
    }
  }

  @SuppressWarnings("unchecked") // the values are in the order of the inputs
  private static <T> T read(Signal<T> signal, Object evaluation, int index) {
    return evaluation instanceof List<?> values // asked first: a miss costs more than a hit
        ? ((List<T>) values).get(index)
        : ((Reader) evaluation).get(signal);
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Written<>(Store.of(initial));
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return new Derived<>(
        derivesAll
            ? Signal.derive(from -> function.apply(input.read(from, 0)))
            : signalOf(input).map(function));
  }

  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    if (derivesAll) {
      return choose(inputs, body);
    }
    return new Derived<>(
        inputs.size() == 1
            ? signalOf(inputs.get(0)).map(value -> body.evaluate(List.of(value)))
            : Signal.combineAll(
                inputs.stream().<Signal<?>>map(StatewardReactive::signalOf).toList(),
                body::evaluate));
  }

  @Override
  public <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
    return new Derived<>(Signal.derive(body::evaluate));
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    subscriptions.add(signalOf(cell).subscribe(change -> effect.run()));
  }

  private static <T> Signal<T> signalOf(Cell<T> cell) {
    return cell instanceof Written<T> written ? written.store() : ((Derived<T>) cell).signal();
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    Store<?>[] stores =
        sources.stream().map(source -> ((Written<?>) source).store()).toArray(Store<?>[]::new);
    Store.atomically(writes, stores[0], stores);
  }

  @Override
  public boolean evaluatesNoneInVain() {
    return true;
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
  }
}
