package io.stateward.scope;

import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task at a later time, with at most one timer at once.
 *
 * <p>Thread safety: safe for any number of threads, and without a lock. Whoever arms writes the
 * timer and then looks whether all has ended; whoever ends says so and then looks for a timer. One
 * of them sees the other, so no timer outlives the end.
 */
final class Sweeper {

  private final Timekeeper timekeeper;
  private final Runnable sweep;
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private volatile boolean ended;

  Sweeper(Timekeeper timekeeper, Runnable sweep) {
    this.timekeeper = timekeeper;
    this.sweep = sweep;
  }

  boolean isArmed() {
    return pending.get() != null;
  }

  /** Runs the task after a delay, unless it is to be run already. */
  void arm(long nanos) {
    Pending mine = new Pending();
    if (ended || !pending.compareAndSet(null, mine)) {
      return;
    }
    try {
      mine.timer = timekeeper.schedule(Duration.ofNanos(Math.max(0, nanos)), () -> run(mine));
    } catch (RuntimeException e) {
      pending.compareAndSet(mine, null);
      throw e;
    }
    if (ended) {
      mine.cancel();
    }
  }

  private void run(Pending mine) {
    pending.compareAndSet(mine, null); // first, so that what comes during the sweep arms it again
    sweep.run();
  }

  void end() {
    ended = true;
    Pending last = pending.getAndSet(null);
    if (last != null) {
      last.cancel();
    }
  }

  private static final class Pending {
    volatile @Nullable Timer timer;

    void cancel() {
      Timer set = timer;
      if (set != null) {
        set.cancel();
      }
    }
  }
}
