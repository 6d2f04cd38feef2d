package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Workload;
import io.stateward.store.Store;

/**
 * Stateward's counter with a subscriber that expects each change to start where the one before
 * ended. It does not expect each number: when more commits wait for an inline subscriber than the
 * store keeps, the oldest are merged, and reported.
 */
final class ListenedTally implements Tally {

  private final Store<Integer> store = Store.of(0);
  private volatile int last; // written by one delivery at a time
  private volatile int broken; // the same

  ListenedTally(String contender) {
    if (!contender.equals("stateward")) {
      throw new IllegalArgumentException("No such contender here: " + contender);
    }
    store.subscribe(
        change -> {
          if (change.was() != last || change.now() <= last) {
            broken = change.now();
          }
          last = change.now();
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

  /** Checks that the subscriber was led from the first value to the last without a gap. */
  void verify() {
    Workload.require("The value that the subscriber was told last", value(), last);
    Workload.require("The last change that did not start where the one before ended", 0, broken);
  }
}
