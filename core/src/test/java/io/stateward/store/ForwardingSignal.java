package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/** A signal that is another one, until a flaw overrides something. */
class ForwardingSignal<T> implements Signal<T> {

  final Signal<T> right;

  ForwardingSignal(Signal<T> right) {
    this.right = right;
  }

  /** Returns the right signal behind what may be a flawed one. */
  static <T> Signal<T> right(Signal<T> signal) {
    return signal instanceof ForwardingSignal<T> flawed ? flawed.right : signal;
  }

  @Override
  public T get() {
    return right.get();
  }

  @Override
  public long version() {
    return right.version();
  }

  @Override
  public Versioned<T> versioned() {
    return right.versioned();
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
    return right.subscribe(delivery, subscriber);
  }

  @Override
  public <R> Signal<R> map(Function<? super T, ? extends R> function) {
    return right.map(function);
  }

  @Override
  public Signal<T> distinct(BiPredicate<? super T, ? super T> same) {
    return right.distinct(same);
  }

  @Override
  public Signal<T> named(String name) {
    right.named(name);
    return this;
  }

  @Override
  public String name() {
    return right.name();
  }
}
