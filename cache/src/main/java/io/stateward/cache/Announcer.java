package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.signal.Probe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the host what this instance has invalidated: on the executor, one at a time, in order. If
 * the host is so slow that too many wait, they become one of everything.
 */
final class Announcer {

  static final int MOST = 10_000;

  private final String where;
  private final Executor executor;
  private final Consumer<? super Invalidation> host;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Invalidation> waiting = new ArrayDeque<>(); // guarded by lock
  private boolean running; // guarded by lock

  Announcer(String where, Executor executor, Consumer<? super Invalidation> host) {
    this.where = where;
    this.executor = executor;
    this.host = host;
  }

  void tell(Invalidation what) {
    if (add(what)) {
      try {
        executor.execute(this::run);
      } catch (Throwable t) { // foreign code
        stop();
        Probe.report(where, "The executor took no call of onInvalidate; the next one tries.", t);
      }
    }
  }

  /** Returns whether nobody works on them. */
  private boolean add(Invalidation what) {
    lock.lock();
    try {
      if (waiting.size() >= MOST) {
        waiting.clear();
        waiting.add(new Invalidation.All());
      } else {
        waiting.add(what);
      }
      boolean idle = !running;
      running = true;
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      running = false;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Invalidation next() {
    lock.lock();
    try {
      Invalidation next = waiting.poll();
      running = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Invalidation what = next(); what != null; what = next()) {
      try {
        host.accept(what);
      } catch (Throwable t) { // foreign code
        Probe.report(
            where,
            "What was told of an invalidation threw; it is told of the next one all the same.",
            t);
      }
    }
  }
}
