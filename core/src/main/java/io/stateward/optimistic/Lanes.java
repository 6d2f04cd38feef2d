package io.stateward.optimistic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines of mutations that are sent one after the other, a line for each scope.
 *
 * <p>Those that are ready to be sent wait in the order in which they were made. The first in line
 * is told that it is its turn; when it leaves, the next one is.
 */
final class Lanes {

  /** A line. Guarded by the lock of the lanes. */
  private static final class Lane {
    final Deque<Underway<?, ?>> waiting = new ArrayDeque<>();
    @Nullable Underway<?, ?> told;
    boolean advancing;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, Lane> lanes = new HashMap<>(); // guarded by lock

  /** Lines a mutation up. Called in the order of making. */
  void enter(Object scope, Underway<?, ?> mutation) {
    lock.lock();
    try {
      lanes.computeIfAbsent(scope, key -> new Lane()).waiting.add(mutation);
    } finally {
      lock.unlock();
    }
  }

  /** Lines a mutation up that was made by an earlier run: before those that wait and are newer. */
  void enterEarlier(Object scope, Underway<?, ?> mutation) {
    lock.lock();
    try {
      Lane lane = lanes.computeIfAbsent(scope, key -> new Lane());
      List<Underway<?, ?>> later = new ArrayList<>();
      lane.waiting.removeIf(other -> other != lane.told && !other.isRestored() && later.add(other));
      lane.waiting.add(mutation);
      lane.waiting.addAll(later);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a mutation out of its line, wherever it stands. */
  void leave(Object scope, Underway<?, ?> mutation) {
    lock.lock();
    try {
      Lane lane = lanes.get(scope);
      if (lane == null) {
        return;
      }
      lane.waiting.remove(mutation);
      if (lane.waiting.isEmpty() && !lane.advancing) {
        lanes.remove(scope);
        return;
      }
    } finally {
      lock.unlock();
    }
    advance(scope);
  }

  /**
   * Tells the first in line, if nobody has. A turn that ends at once makes the next one come here
   * again, which returns at once: a long line does not become a deep stack.
   */
  void advance(Object scope) {
    for (Underway<?, ?> next = enterTurn(scope); next != null; next = nextTurn(scope)) {
      next.turn();
    }
  }

  private @Nullable Underway<?, ?> enterTurn(Object scope) {
    lock.lock();
    try {
      Lane lane = lanes.get(scope);
      if (lane == null || lane.advancing) {
        return null;
      }
      lane.advancing = true;
      return first(scope, lane);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Underway<?, ?> nextTurn(Object scope) {
    lock.lock();
    try {
      Lane lane = lanes.get(scope);
      return lane == null ? null : first(scope, lane);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whom to tell; if nobody, whoever comes later advances the lane. Under the lock. */
  private @Nullable Underway<?, ?> first(Object scope, Lane lane) {
    Underway<?, ?> head = lane.waiting.peek();
    if (head != null && head != lane.told && head.isReady()) {
      lane.told = head;
      return head;
    }
    lane.advancing = false;
    if (head == null) {
      lanes.remove(scope);
    }
    return null;
  }
}
