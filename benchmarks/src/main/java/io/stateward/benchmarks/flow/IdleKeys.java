package io.stateward.benchmarks.flow;

import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.flow.KeyedLocks;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Locks keys, each of them once, and gives them back.
 *
 * <p>A thousand are held at a time, so that many share a place in the table, which then keeps more
 * than it does for one.
 */
final class IdleKeys {

  private static final int AT_A_TIME = 1_000;
  private static final int WARM_UP = 10_000;

  private final KeyedLocks<Long> locks = KeyedLocks.create("benchmark");
  private final Deque<KeyedLocks.Held> held = new ArrayDeque<>(AT_A_TIME);
  private long next;

  private IdleKeys() {}

  static long bytes(String contender, int keys) {
    if (!contender.equals("stateward")) {
      throw new IllegalArgumentException("No such contender here: " + contender);
    }
    IdleKeys idle = new IdleKeys();
    idle.lockAndGiveBack(WARM_UP);
    long before = Heap.used();
    idle.lockAndGiveBack(keys);
    long growth = Heap.used() - before;
    Workload.require("The number of keys that are held", 0, idle.locks.size());
    Workload.require("The number of keys that were", (long) WARM_UP + keys, idle.next);
    return Math.max(0, growth);
  }

  private void lockAndGiveBack(int keys) {
    for (int i = 0; i < keys; i += AT_A_TIME) {
      for (int j = 0; j < AT_A_TIME; j++) {
        held.push(locks.lock(next++));
      }
      Workload.require("The number of keys that are held", AT_A_TIME, locks.size());
      while (!held.isEmpty()) {
        held.pop().close();
      }
    }
  }
}
