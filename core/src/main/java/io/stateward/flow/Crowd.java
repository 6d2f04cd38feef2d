package io.stateward.flow;

import io.stateward.flow.KeyedLocks.Held;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one place of a lock table, since somebody wanted one while another was held.
 *
 * <p>Thread safety: safe for any number of threads. Under the lock, nothing foreign runs but the
 * equality of keys. A key that is given back is handed to the first who waits for it, so nobody
 * overtakes.
 */
final class Crowd<K> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Line<K>> lines = new HashMap<>(4); // guarded by lock; of the keys held
  private boolean over; // guarded by lock

  /** Makes a crowd of somebody who holds a key. */
  Crowd(Hold<K> first) {
    lines.put(first.key, new Line<>(first));
  }

  /** Who holds a key, and who waits for it. */
  static final class Line<K> {
    final Deque<Waiter<K>> waiters = new ArrayDeque<>(2); // guarded by the lock of the crowd
    volatile Hold<K> hold; // written under that lock

    Line(Hold<K> hold) {
      this.hold = hold;
    }

    Thread owner() {
      return hold.owner;
    }
  }

  /** Asks for a key. */
  Waiter<K> enter(Hold<K> wanted, boolean mayWait) {
    lock.lock();
    try {
      if (over) {
        return new Waiter<>(this, null, wanted, null, Waiter.State.OUTDATED);
      }
      Line<K> line = lines.get(wanted.key);
      if (line == null) {
        lines.put(wanted.key, new Line<>(wanted));
        return new Waiter<>(this, null, wanted, null, Waiter.State.GRANTED);
      }
      if (line.owner() == wanted.owner) {
        Held again = line.hold.again();
        return new Waiter<>(this, null, wanted, again, Waiter.State.GRANTED);
      }
      return queue(wanted, line, mayWait);
    } finally {
      lock.unlock();
    }
  }

  private Waiter<K> queue(Hold<K> wanted, Line<K> line, boolean mayWait) {
    Waiter.State state = mayWait ? Waiter.State.WAITING : Waiter.State.WITHDRAWN;
    Waiter<K> waiter = new Waiter<>(this, line, wanted, null, state);
    if (mayWait) {
      line.waiters.add(waiter);
    }
    return waiter;
  }

  /**
   * Gives a key back, and hands it on. If nobody is left, the crowd ends and gives up its place.
   */
  void leave(Hold<K> hold, Runnable giveUpPlace) {
    Waiter<K> next;
    lock.lock();
    try {
      next = handOn(hold.key);
      if (lines.isEmpty()) {
        over = true;
        giveUpPlace.run();
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      LockSupport.unpark(next.wanted.owner);
    }
  }

  private @Nullable Waiter<K> handOn(K key) {
    Line<K> line = lines.get(key);
    Waiter<K> next = line == null ? null : line.waiters.poll();
    if (line == null || next == null) {
      lines.remove(key);
      return null;
    }
    line.hold = next.wanted;
    next.become(Waiter.State.GRANTED);
    return next;
  }

  /** Takes a waiter out of its queue; false if it was granted its key, or is out already. */
  boolean withdraw(Waiter<K> waiter) {
    lock.lock();
    try {
      Line<K> line = waiter.line();
      if (line == null || waiter.state() != Waiter.State.WAITING) {
        return false;
      }
      line.waiters.remove(waiter);
      waiter.become(Waiter.State.WITHDRAWN);
      return true;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }
}
