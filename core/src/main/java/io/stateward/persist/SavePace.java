package io.stateward.persist;

import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the next save is due: once nothing has changed for a while, or after the longest wait.
 *
 * <p>A change only moves the due time; the timer that is set finds out when it fires. So a thousand
 * changes in a row set one timer.
 *
 * <p>Thread safety: guarded by the lock of its owner.
 */
final class SavePace {

  private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_DOUBLINGS = 6;

  private final long quietNanos;
  private final long maxWaitNanos;
  private final Timekeeper timekeeper;
  private final Runnable whenDue;
  private @Nullable Timer timer;
  private boolean waiting;
  private long firstNanos;
  private long dueNanos;

  SavePace(Duration quiet, Duration maxWait, Timekeeper timekeeper, Runnable whenDue) {
    this.quietNanos = quiet.toNanos();
    this.maxWaitNanos = maxWait.toNanos();
    this.timekeeper = timekeeper;
    this.whenDue = whenDue;
  }

  /** Notes that there is something to save. */
  void changed() {
    long now = timekeeper.nanoTime();
    if (!waiting) {
      waiting = true;
      firstNanos = now;
    }
    dueNanos = now + Math.min(quietNanos, firstNanos + maxWaitNanos - now);
    if (timer == null) {
      schedule(dueNanos - now);
    }
  }

  /** Makes a save due later, after so many have failed in a row. */
  void retry(int failures) {
    stop();
    waiting = true;
    long delay = FIRST_RETRY_NANOS << Math.min(failures - 1, MOST_DOUBLINGS);
    dueNanos = timekeeper.nanoTime() + delay;
    firstNanos = dueNanos; // changes meanwhile do not make it earlier
    schedule(delay);
  }

  private void schedule(long nanos) {
    timer = timekeeper.schedule(Duration.ofNanos(Math.max(0, nanos)), whenDue);
  }

  /** Called by the timer. Returns whether the time has come; if not, waits on. */
  boolean isDue() {
    timer = null;
    if (!waiting) {
      return false;
    }
    long left = dueNanos - timekeeper.nanoTime();
    if (left > 0) {
      schedule(left);
      return false;
    }
    waiting = false;
    return true;
  }

  /** Nothing is to be saved any more. */
  void stop() {
    waiting = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
