package io.stateward.testkit.cache;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keys to be looked at: now, in their order, or again at a time; each of them once. */
final class AuditQueue<K> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Suspect<K>> all = new HashMap<>(); // guarded by lock, as all below
  private final ArrayDeque<Suspect<K>> ready = new ArrayDeque<>();
  private final PriorityQueue<Suspect<K>> later =
      new PriorityQueue<>(Comparator.comparingLong((Suspect<K> suspect) -> suspect.dueNanos));
  private final int limit;
  private long skipped;

  AuditQueue(int limit) {
    this.limit = limit;
  }

  boolean add(K key) {
    lock.lock();
    try {
      Suspect<K> known = all.get(key);
      if (known != null) {
        known.again = known.underWay;
        return true;
      }
      if (all.size() >= limit) {
        skipped++;
        return false;
      }
      Suspect<K> suspect = new Suspect<>(key);
      all.put(key, suspect);
      ready.add(suspect);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Suspect<K> take(long nowNanos) {
    lock.lock();
    try {
      Suspect<K> next = later.peek();
      Suspect<K> taken =
          next != null && next.dueNanos - nowNanos <= 0 ? later.poll() : ready.poll();
      if (taken != null) {
        taken.underWay = true;
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what was taken: to be looked at again when it is due, or forgotten. */
  void done(Suspect<K> suspect, boolean keep) {
    lock.lock();
    try {
      suspect.underWay = false;
      if (keep) {
        later.add(suspect);
      } else if (suspect.again) {
        ready.add(suspect);
      } else {
        all.remove(suspect.key);
      }
      suspect.again = false;
    } finally {
      lock.unlock();
    }
  }

  long suspects() {
    lock.lock();
    try {
      return later.size();
    } finally {
      lock.unlock();
    }
  }

  long skipped() {
    lock.lock();
    try {
      return skipped;
    } finally {
      lock.unlock();
    }
  }
}
