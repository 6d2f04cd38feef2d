package io.stateward.benchmarks.graph;

import com.vaadin.signals.Signal;
import com.vaadin.signals.ValueSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Vaadin: value signals, computed signals and effects, dispatched at once. */
final class VaadinReactive implements Reactive {

  private static final Object TRACKED_BY_THREAD = new Object();

  private final List<Runnable> effects = new ArrayList<>();

  private record Computed<T>(Signal<T> signal) implements Cell<T> {
    @Override
    public T get() {
      return signal.value();
    }

    @Override
    public T read(Object evaluation, int index) {
      return signal.value();
    }
  }

  private record Written<T>(ValueSignal<T> signal) implements Source<T> {
    @Override
    public T get() {
      return signal.value();
    }

    @Override
    public T read(Object evaluation, int index) {
      return signal.value();
    }

    @Override
    public void set(T value) {
      signal.value(value);
    }
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Written<>(new ValueSignal<>(initial));
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return new Computed<>(Signal.computed(() -> function.apply(input.read(TRACKED_BY_THREAD, 0))));
  }

  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    return new Computed<>(Signal.computed(() -> body.evaluate(TRACKED_BY_THREAD)));
  }

  @Override
  public <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
    return derive(inputs, body);
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    effects.add(
        Signal.effect(
            () -> {
              cell.read(TRACKED_BY_THREAD, 0);
              effect.run();
            }));
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    Signal.runInTransaction(writes);
  }

  @Override
  public void close() {
    effects.forEach(Runnable::run);
  }
}
