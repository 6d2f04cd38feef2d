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

  private static final Object READ_AT_ONCE = new Object();

  private final CompositeDisposable subscriptions = new CompositeDisposable();

  private record Node<T>(BehaviorSubject<T> subject) implements Source<T> {
    @Override
    public T get() {
      return Objects.requireNonNull(subject.getValue());
    }

    @Override
    public T read(Object evaluation) {
      return get();
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
  public <T> Cell<T> derive(List<? extends Cell<?>> inputs, Function<Object, T> body) {
    if (inputs.isEmpty()) {
      throw new UnsupportedOperationException("inputs that depend on values");
    }
    BehaviorSubject<T> subject = BehaviorSubject.create();
    List<? extends Observable<?>> subjects =
        inputs.stream().map(input -> ((Node<?>) input).subject()).toList();
    Observable<T> results =
        subjects.size() == 1
            ? subjects.get(0).map(value -> body.apply(READ_AT_ONCE))
            : Observable.combineLatest(subjects, values -> body.apply(READ_AT_ONCE));
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
