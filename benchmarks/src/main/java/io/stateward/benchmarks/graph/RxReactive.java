package io.stateward.benchmarks.graph;

import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.BehaviorSubject;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * RxJava: a subject per node, fed by {@code combineLatest} of its inputs and {@code
 * distinctUntilChanged}. The inputs have to be known beforehand, and each emits on its own.
 */
final class RxReactive implements Reactive {

  private final CompositeDisposable subscriptions = new CompositeDisposable();

  private record Node<T>(BehaviorSubject<T> subject) implements Source<T> {
    @Override
    public T get() {
      return Objects.requireNonNull(subject.getValue());
    }

    @Override
    @SuppressWarnings("unchecked") // the values are in the order of the inputs
    public T read(Object evaluation, int index) {
      return (T) ((Object[]) evaluation)[index];
    }

    @Override
    public void set(T value) {
      if (!value.equals(subject.getValue())) {
        subject.onNext(value);
      }
    }
  }

  @Override
  public <T> Source<T> source(T initial) {
    return new Node<>(BehaviorSubject.createDefault(initial));
  }

  @Override
  public <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return node(((Node<A>) input).subject().map(function::apply));
  }

  @Override
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body) {
    return node(
        Observable.combineLatest(
            inputs.stream().map(input -> ((Node<?>) input).subject()).toList(), body::evaluate));
  }

  private <T> Cell<T> node(Observable<T> results) {
    BehaviorSubject<T> subject = BehaviorSubject.create();
    subscriptions.add(results.distinctUntilChanged().subscribe(subject::onNext));
    return new Node<>(subject);
  }

  @Override
  public void effect(Cell<?> cell, Runnable effect) {
    subscriptions.add(((Node<?>) cell).subject().subscribe(value -> effect.run()));
  }

  @Override
  public void batch(List<? extends Source<?>> sources, Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    subscriptions.dispose();
  }
}
