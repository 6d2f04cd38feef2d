package io.stateward.benchmarks.store;

import io.stateward.benchmarks.Heap;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;

/**
 * Makes derived signals of two stores that live on, observes each for one change, and forgets it.
 */
final class DerivedLeak {

  private static final int WARM_UP = 10_000;

  private final Store<Integer> left = Store.of(0);
  private final Store<Integer> right = Store.of(0);
  private long told;

  private DerivedLeak() {}

  static long bytes(String contender, int signals) {
    if (!contender.equals("stateward")) {
      throw new IllegalArgumentException("No such contender here: " + contender);
    }
    DerivedLeak leak = new DerivedLeak();
    leak.makeAndForget(WARM_UP);
    long before = Heap.used();
    leak.makeAndForget(signals);
    long growth = Heap.used() - before;
    if (leak.told != WARM_UP + (long) signals) {
      throw new IllegalStateException(
          "%d of %d signals told their change".formatted(leak.told, WARM_UP + (long) signals));
    }
    return Math.max(0, growth);
  }

  private void makeAndForget(int signals) {
    for (int i = 0; i < signals; i++) {
      Signal<Integer> sum = Signal.derive(from -> from.get(left) + from.get(right));
      try (Subscription subscription = sum.map(n -> -n).subscribe(change -> told++)) {
        left.update(n -> n + 1);
      }
    }
  }
}
