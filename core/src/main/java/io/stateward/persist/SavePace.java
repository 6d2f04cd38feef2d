package io.stateward.persist;

import io.stateward.time.Pacing;
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
  private static final Duration SHORTEST = Duration.ofNanos(1);

  private final Pacing.State pacing;
  private final Timekeeper timekeeper;
  private final Runnable whenDue;
  private @Nullable Timer timer;
  private boolean retrying;
  private long retryNanos; // when, if retrying

  SavePace(Duration quiet, Duration maxWait, Timekeeper timekeeper, Runnable whenDue) {
    Duration pause = quiet.compareTo(maxWait) < 0 ? quiet : maxWait;
    this.pacing = Pacing.debounce(positive(pause)).maxWait(positive(maxWait)).start();
    this.timekeeper = timekeeper;
    this.whenDue = whenDue;
  }

  private static Duration positive(Duration duration) {
    return duration.isZero() ? SHORTEST : duration;
  }

  /** Notes that there is something to save. */
  void changed() {
    if (!retrying) { // changes meanwhile do not make it earlier
      long now = timekeeper.nanoTime();
      pacing.event(now);
      await(now);
    }
  }

  /** Makes a save due later, after so many have failed in a row. */
  void retry(int failures) {
    stop();
    long now = timekeeper.nanoTime();
    retrying = true;
    retryNanos = now + (FIRST_RETRY_NANOS << Math.min(failures - 1, MOST_DOUBLINGS));
    await(now);
  }

  /** Called by the timer. Returns whether the time has come; if not, waits on. */
  boolean isDue() {
    timer = null;
    long now = timekeeper.nanoTime();
    if (nanosUntilDue(now) > 0) {
      await(now);
      return false;
    }
    retrying = false;
    pacing.reset();
    return true;
  }

  private void await(long now) {
    long left = nanosUntilDue(now);
    if (timer == null && left != Pacing.NEVER) {
      timer = timekeeper.schedule(Duration.ofNanos(Math.max(0, left)), whenDue);
    }
  }

  private long nanosUntilDue(long now) {
    return retrying ? retryNanos - now : pacing.nanosUntilDue(now);
  }

  /** Nothing is to be saved any more. */
  void stop() {
    retrying = false;
    pacing.reset();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
