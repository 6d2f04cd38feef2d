package io.stateward.signal.internal;

import io.stateward.signal.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a root that are not delivered yet, and whose turn it is to deliver them.
 *
 * <p>A commit that finds the turn free is kept by its thread, which becomes the drainer; every
 * other goes into the queue. The drainer goes on until it finds the queue empty, so delivery is
 * serial. A callback that updates leaves its commit in the queue and returns; the drainer further
 * up the stack delivers it, so nothing recurses.
 *
 * <p>The turn is taken under the lock and given back without it, by one volatile write, so that a
 * commit takes no second lock while nobody else commits. Who has queued a commit looks at {@code
 * free} after writing {@code waiting}; the drainer looks at {@code waiting} after writing {@code
 * free}. One of them sees the other, takes the lock, and takes the turn if it is still free:
 * nothing is left.
 */
final class Drain<T extends @Nullable Object> {

  /** How many commits may wait while a subscriber holds up the drainer. */
  static final int LONGEST_QUEUE = 65_536;

  private static final VarHandle FREE = freeHandle();

  private final Root<T> root;
  private final ArrayDeque<Waiting<T>> queue = new ArrayDeque<>(0); // guarded by the root's lock
  private volatile boolean waiting; // whether the queue holds any; written under the root's lock
  private volatile boolean free = true; // cleared under the root's lock, set by the drainer
  private boolean overflowing; // guarded by the root's lock
  private volatile boolean overflowUntold; // raised under the root's lock
  private @Nullable Turn drainer; // for the report of an overflow, where a stale one does no harm

  Drain(Root<T> root) {
    this.root = root;
  }

  private static VarHandle freeHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Drain.class, "free", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Waiting<T extends @Nullable Object>(
      Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause) {}

  /** Adds a commit; returns whether the caller is to deliver it. Called under the root's lock. */
  boolean add(Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause) {
    if (free && !waiting) {
      if (root.isIdle()) {
        return false; // nobody is to be told
      }
      FREE.setOpaque(this, false); // others read it under the lock, or look again
      return true;
    }
    if (queue.size() >= LONGEST_QUEUE) {
      mergeOldest();
      overflowUntold |= !overflowing;
      overflowing = true;
    }
    queue.add(new Waiting<>(was, now, cause));
    waiting = true;
    return false;
  }

  /** Makes one commit of the two oldest. */
  private void mergeOldest() {
    Waiting<T> oldest = queue.remove();
    Waiting<T> next = queue.remove();
    queue.addFirst(new Waiting<>(oldest.was, next.now, next.cause));
  }

  /** Sees to it that what was queued is delivered. Called without a lock by who did not drain. */
  void queued(Turn turn) {
    reportOverflow();
    Waiting<T> next = free && waiting ? take() : null;
    if (next != null) {
      run(next.was, next.now, next.cause, turn);
    }
  }

  /** Tells of an overflow, once each time it begins. */
  private void reportOverflow() {
    if (!overflowUntold) {
      return;
    }
    overflowUntold = false;
    Turn busy = drainer;
    Subscriber<?> subscriber = busy == null ? null : busy.calling();
    Probes.report(
        "'" + root.name() + "'",
        "%d commits wait because %s has not returned; from now on the oldest are merged. Give slow subscribers an executor."
            .formatted(
                LONGEST_QUEUE,
                subscriber == null ? "a subscriber" : "subscriber '" + subscriber.name() + "'"),
        null);
  }

  /** Delivers a commit, and those that come meanwhile. For the drainer. */
  void run(Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause, Turn turn) {
    turn.deliver(
        () -> {
          turn.cause = cause;
          deliver(was, now, turn);
          for (Waiting<T> next = next(); next != null; next = next()) {
            turn.cause = next.cause;
            deliver(next.was, next.now, turn);
          }
        });
  }

  /** Returns the next commit for the drainer; if there is none, its turn is over. */
  private @Nullable Waiting<T> next() {
    if (waiting) {
      root.lock().lock();
      try {
        return remove();
      } finally {
        root.lock().unlock();
      }
    }
    free = true;
    return waiting ? take() : null;
  }

  /** Takes the turn and the next commit, unless somebody else has. */
  private @Nullable Waiting<T> take() {
    root.lock().lock();
    try {
      if (!free || queue.isEmpty()) {
        return null;
      }
      free = false;
      return remove();
    } finally {
      root.lock().unlock();
    }
  }

  private Waiting<T> remove() {
    Waiting<T> next = queue.remove();
    waiting = !queue.isEmpty();
    overflowing &= waiting;
    return next;
  }

  private void deliver(Cell<T> was, Cell<T> now, Turn turn) {
    long start = Probes.active() ? System.nanoTime() : 0;
    int told = 0;
    if (drainer != turn) { // a store of a reference costs a fence under some collectors
      drainer = turn;
    }
    try {
      boolean news = isNews(was, now);
      if (root.edgeSlots().length > 0) {
        told = pass(was, now, news, turn);
      } else if (news) {
        told = root.tell(was, now, turn);
      }
    } catch (Throwable t) { // foreign code is caught where it is called; this keeps the drain alive
      Probes.report(
          "'" + root.name() + "'",
          "Delivering version %d was cut short.".formatted(now.version),
          t);
    }
    if (start != 0) {
      Probes.emit(new Probe.Delivered(root.name(), now.version, told, System.nanoTime() - start));
    }
  }

  private int pass(Cell<T> was, Cell<T> now, boolean news, Turn turn) {
    Pass pass = new Pass(turn.cause);
    try {
      if (news) {
        pass.changed(root, was, now);
      }
      root.advanceEdges(now, pass);
      root.settledAt(now);
      pass.settle();
      return pass.tell(turn);
    } finally {
      pass.close();
    }
  }

  private boolean isNews(Cell<T> was, Cell<T> now) {
    return root.subscriberSlots().length > 0 && !root.sameValue(was, now);
  }
}
