package io.stateward.optimistic;

import io.stateward.time.VirtualTimekeeper;

/** What the rules of optimistic stores are checked on. */
interface OptimisticSubjects {

  /**
   * Returns a new store.
   *
   * @param confirmed the state that is confirmed to begin with
   * @param time whose time it goes by
   */
  OptimisticStore<Shelf> create(Shelf confirmed, VirtualTimekeeper time);

  /** The time of the store; the same in each call. */
  VirtualTimekeeper time();

  /** Returns a store with one tea. */
  default OptimisticStore<Shelf> holdingTea() {
    return create(Shelf.of("tea", 1), time());
  }

  /** Returns how many teas are visible. */
  static int visible(OptimisticStore<Shelf> store) {
    return store.visible().get().count("tea");
  }

  /** Returns how many teas are confirmed. */
  static int confirmed(OptimisticStore<Shelf> store) {
    return store.confirmed().get().count("tea");
  }

  /** Makes a mutation that is answered from outside. */
  static Mutation<Integer> add(OptimisticStore<Shelf> store, int count) {
    return store.mutate(Shelf.add("tea", count), Shelf.about("tea"));
  }
}
