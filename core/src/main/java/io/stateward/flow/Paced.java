package io.stateward.flow;

import io.stateward.signal.ClosedException;
import io.stateward.time.Pacing;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An action on the latest of many values, when a pacing says so: both the debouncer and the
 * throttle.
 *
 * <p>Thread safety: safe for any number of threads. The lock guards the state of the pacing and the
 * value that waits. Actions are added to the queue under it, so they come in the order in which the
 * pacing asked for them, and run with it released. At most one timer is under way; when it rings
 * too early, since the pacing has put its time off, it is set again.
 */
final class Paced<T extends @Nullable Object> implements Debouncer<T>, Throttle<T> {

  private final String description;
  private final Timekeeper timekeeper;
  private final Consumer<? super T> action;
  private final Serial actions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Pacing.State pacing; // guarded by lock
  private @Nullable Runnable waiting; // guarded by lock: the action on the latest value
  private @Nullable Timer timer; // guarded by lock
  private boolean ringing; // guarded by lock: a timer is set, or about to be
  private volatile boolean closed;

  Paced(
      String description,
      Pacing pacing,
      Timekeeper timekeeper,
      Executor executor,
      Consumer<? super T> action) {
    this.description = description;
    this.pacing = pacing.start();
    this.timekeeper = timekeeper;
    this.action = action;
    actions = new Serial(description, executor);
  }

  @Override
  public void submit(T value) {
    Runnable work = () -> act(value);
    long nanos = timekeeper.nanoTime();
    boolean run;
    boolean ring;
    lock.lock();
    try {
      if (closed) {
        throw new ClosedException(description, "submitting to it", "Make a new one.");
      }
      run = pacing.event(nanos) && actions.put(work);
      waiting = pacing.isWaiting() ? work : null;
      ring = pacing.isWaiting() && !ringing;
      ringing |= ring;
    } finally {
      lock.unlock();
    }
    if (run) {
      actions.execute();
    }
    if (ring) {
      ringWhenDue();
    }
  }

  private void act(T value) {
    if (!closed) {
      action.accept(value);
    }
  }

  /** Acts if it is time, or sets the timer. For who has set the flag. */
  private void ringWhenDue() {
    long nanos = timekeeper.nanoTime();
    long delay;
    boolean run;
    lock.lock();
    try {
      delay = pacing.nanosUntilDue(nanos);
      run = delay <= 0 && take(nanos);
      ringing = delay > 0 && delay != Pacing.NEVER;
      if (!ringing) {
        timer = null;
      }
    } finally {
      lock.unlock();
    }
    if (run) {
      actions.execute();
    }
    if (delay > 0 && delay != Pacing.NEVER) {
      setTimer(Duration.ofNanos(delay));
    }
  }

  private void setTimer(Duration delay) {
    Timer set = timekeeper.schedule(delay, this::ringWhenDue);
    lock.lock();
    try {
      timer = set;
    } finally {
      lock.unlock();
    }
  }

  /** Queues the action on what waits, and tells whether the caller has to run the queue. */
  private boolean take(long nanos) {
    pacing.acted(nanos);
    Runnable work = Objects.requireNonNull(waiting);
    waiting = null;
    return actions.put(work);
  }

  @Override
  public boolean flush() {
    long nanos = timekeeper.nanoTime();
    boolean something;
    boolean run;
    lock.lock();
    try {
      something = pacing.isWaiting();
      run = something && take(nanos);
    } finally {
      lock.unlock();
    }
    stopTimer();
    if (run) {
      actions.execute();
    }
    return something;
  }

  @Override
  public boolean cancel() {
    boolean something;
    lock.lock();
    try {
      something = pacing.isWaiting();
      pacing.reset();
      waiting = null;
    } finally {
      lock.unlock();
    }
    stopTimer();
    return something;
  }

  @Override
  public boolean isWaiting() {
    lock.lock();
    try {
      return pacing.isWaiting();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    cancel();
  }

  /** Cancels the timer; what was submitted meanwhile, and counts on it, gets one of its own. */
  private void stopTimer() {
    Timer set;
    lock.lock();
    try {
      set = timer;
      timer = null;
    } finally {
      lock.unlock();
    }
    if (set != null && set.cancel()) {
      ringWhenDue();
    }
  }

  @Override
  public String toString() {
    return description;
  }
}
