package io.stateward.benchmarks.store;

import io.stateward.store.Store;

/** Stateward's counter with a subscriber that expects every number in turn. */
final class ListenedTally implements Tally {

  private final Store<Integer> store = Store.of(0);
  private volatile int inOrder; // written by one delivery at a time

  ListenedTally(String contender) {
    if (!contender.equals("stateward")) {
      throw new IllegalArgumentException("No such contender here: " + contender);
    }
    store.subscribe(
        change -> {
          if (change.was() == inOrder && change.now() == inOrder + 1) {
            inOrder = change.now();
          }
        });
  }

  @Override
  public void increment() {
    store.update(n -> n + 1);
  }

  @Override
  public int value() {
    return store.get();
  }

  int toldInOrder() {
    return inOrder;
  }
}
