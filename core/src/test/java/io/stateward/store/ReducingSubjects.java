package io.stateward.store;

import java.time.Duration;

/** What the rules of a reducing store are checked on. */
interface ReducingSubjects {

  /** Returns a new store that holds a state, is known by a name, and has a reducer. */
  ReducingStore<Sample, Deed> create(String name, Sample initial, Reducer<Sample, Deed> reducer);

  /** Updates a store that was created here, and no other, in one instant. */
  default void atomically(Runnable body, ReducingStore<Sample, Deed> store) {
    Store.atomically(body, store);
  }

  /** Returns how long to wait for what must happen before it counts as blocked. */
  default Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** Returns a new store that holds two numbers. */
  default ReducingStore<Sample, Deed> store(int left, int right) {
    return create("store", Sample.of(left, right), Deed.reducer());
  }
}
