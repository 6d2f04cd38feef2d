package io.stateward.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Holds threads at a point of their way until the test lets them go on, so that a schedule that is
 * rare becomes certain.
 *
 * <pre>{@code
 * Gate gate = Gate.closed();
 * store.subscribe(change -> gate.pass());
 * Future<?> writer = executor.submit(() -> store.set(1)); // is held in its callback
 * gate.awaitHeld(1);
 * store.set(2);                                           // what happens meanwhile
 * gate.open();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> Nobody waits for ever: after the patience of the gate, 30 seconds unless
 * chosen, who waits throws an {@code AssertionError} that says what was missing.
 *
 * @since 0.1
 */
public final class Gate {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Duration patience;
  private boolean open; // guarded by lock
  private int held; // guarded by lock

  private Gate(Duration patience) {
    this.patience = patience;
  }

  /**
   * Creates a gate that holds whoever comes.
   *
   * @return a closed gate
   */
  public static Gate closed() {
    return closed(PATIENCE);
  }

  /**
   * Creates a gate that holds whoever comes.
   *
   * @param patience how long anybody waits at most, in real time
   * @return a closed gate
   */
  public static Gate closed(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("Patience is not negative: " + patience + ".");
    }
    return new Gate(patience);
  }

  /**
   * Goes through, as soon as the gate is open. To be called by what is to be held.
   *
   * @throws AssertionError if the gate stays closed, or the thread is interrupted
   */
  public void pass() {
    lock.lock();
    try {
      held++;
      moved.signalAll();
      await(() -> open, "the gate was not opened");
    } finally {
      held--;
      lock.unlock();
    }
  }

  /**
   * Waits until so many threads at least are held.
   *
   * @param threads how many threads
   * @throws AssertionError if fewer come, or this thread is interrupted
   */
  public void awaitHeld(int threads) {
    lock.lock();
    try {
      await(() -> held >= threads, "fewer than " + threads + " threads came");
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many threads are held.
   *
   * @return the number of threads in {@link #pass()}
   */
  public int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody go on who is held, and whoever comes from now on. */
  public void open() {
    set(true);
  }

  /** Holds whoever comes from now on. */
  public void close() {
    set(false);
  }

  private void set(boolean opens) {
    lock.lock();
    try {
      open = opens;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits under the lock, which is free meanwhile. */
  private void await(BooleanSupplier condition, String missing) {
    long nanos = patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (nanos <= 0) {
        throw new AssertionError(
            "After %s, %s; %d threads are held.".formatted(patience, missing, held));
      }
      try {
        nanos = moved.awaitNanos(nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("Interrupted while " + missing + ".", e);
      }
    }
  }
}
