package io.stateward.signal.internal;

import io.stateward.signal.Probe;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a root that are not delivered yet, and whose turn it is to deliver them.
 *
 * <p>Undelivered commits are counted. Who raises the count from zero is the drainer, and keeps that
 * one commit to itself; every other goes into the queue. The drainer lowers the count after each
 * delivery and goes on until it is zero again, so delivery is serial, and costs no second lock
 * while nobody else commits. A callback that updates leaves its commit in the queue and returns;
 * the drainer further up the stack delivers it, so nothing recurses.
 *
 * <p>Invariant: the count is the length of the queue, plus one while a drainer delivers.
 */
final class Drain<T extends @Nullable Object> {

  /** How many commits may wait while a subscriber holds up the drainer. */
  static final int LONGEST_QUEUE = 65_536;

  private final Root<T> root;
  private final ArrayDeque<Waiting<T>> queue = new ArrayDeque<>(0); // guarded by the root's lock
  private final AtomicInteger undelivered = new AtomicInteger(); // raised under the root's lock
  private boolean overflowing; // guarded by the root's lock
  private volatile boolean overflowUntold; // raised under the root's lock
  private volatile @Nullable Turn drainer; // for the report of an overflow
  private Pass spare = new Pass(); // for the drainer

  Drain(Root<T> root) {
    this.root = root;
  }

  private record Waiting<T extends @Nullable Object>(
      Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause) {}

  /**
   * Adds a commit, and returns whether the caller is to deliver it. Called under the root's lock.
   */
  boolean add(Cell<T> was, Cell<T> now, Turn.@Nullable Cause cause) {
    if (root.isIdle() && undelivered.get() == 0) {
      return false;
    }
    if (queue.size() < LONGEST_QUEUE) {
      if (undelivered.getAndIncrement() == 0) {
        return true;
      }
    } else {
      queue.remove(); // what follows starts where subscribers were, so the two become one
      overflowUntold |= !overflowing;
      overflowing = true;
    }
    queue.add(new Waiting<>(was, now, cause));
    return false;
  }

  /** Tells of an overflow, once each time it begins. Called without a lock by who left a commit. */
  void reportOverflow() {
    if (!overflowUntold) {
      return;
    }
    overflowUntold = false;
    Turn busy = drainer;
    Subscriber<?> subscriber = busy == null ? null : busy.calling;
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
    Turn.Cause outer = turn.cause;
    Subscriber<?> outerCalling = turn.calling;
    try {
      turn.calling = null;
      turn.cause = cause;
      deliver(was, now, turn);
      while (undelivered.decrementAndGet() > 0) {
        Waiting<T> next = poll();
        turn.cause = next.cause;
        deliver(next.was, next.now, turn);
      }
    } finally {
      turn.cause = outer;
      turn.calling = outerCalling;
    }
  }

  private Waiting<T> poll() {
    root.lock().lock();
    try {
      overflowing = false;
      return queue.remove();
    } finally {
      root.lock().unlock();
    }
  }

  private void deliver(Cell<T> was, Cell<T> now, Turn turn) {
    long start = Probes.active() ? System.nanoTime() : 0;
    int told = 0;
    drainer = turn;
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
    Pass pass = spare;
    pass.begin(turn.cause);
    try {
      if (news) {
        pass.changed(root, was, now);
      }
      root.advanceEdges(now, pass);
      pass.settle();
      return pass.tell(turn);
    } finally {
      if (!pass.close()) {
        spare = new Pass();
      }
    }
  }

  private boolean isNews(Cell<T> was, Cell<T> now) {
    return root.subscriberSlots().length > 0 && !root.sameValue(was, now);
  }
}
