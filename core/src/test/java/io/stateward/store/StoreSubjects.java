package io.stateward.store;

import io.stateward.signal.Signal;
import java.time.Duration;
import java.util.function.BinaryOperator;

/** What the rules of a store are checked on. */
interface StoreSubjects {

  /** Returns a new store that holds a state, and is known by a name. */
  Store<Sample> create(String name, Sample initial);

  /** Returns how long to wait for what must happen before it counts as blocked. */
  default Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** Updates two stores that were created here in one instant. */
  default void atomically(Runnable body, Store<Sample> first, Store<Sample> second) {
    Store.atomically(body, first, second);
  }

  /** Combines two signals of stores that were created here. */
  default Signal<Integer> combine(
      Signal<Integer> first, Signal<Integer> second, BinaryOperator<Integer> combiner) {
    return Signal.combine(first, second, combiner);
  }

  /** Returns a new store that holds two numbers. */
  default Store<Sample> store(int left, int right) {
    return create("store", Sample.of(left, right));
  }

  /** Returns a new store that is known by a name. */
  default Store<Sample> store(String name) {
    return create(name, Sample.of(1, 0));
  }
}
