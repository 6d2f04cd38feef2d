package io.stateward.optimistic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The latest mutations of a store that did not take effect, for those that were to follow them. */
final class Outcomes {

  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MutationId, Boolean> failed = new LinkedHashMap<>(); // guarded by lock

  void failed(MutationId id) {
    lock.lock();
    try {
      failed.put(id, true);
      if (failed.size() > MOST) {
        failed.remove(failed.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a mutation is known not to have taken effect. */
  boolean hasFailed(MutationId id) {
    lock.lock();
    try {
      return failed.containsKey(id);
    } finally {
      lock.unlock();
    }
  }
}
