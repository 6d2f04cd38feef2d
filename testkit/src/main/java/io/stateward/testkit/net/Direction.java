package io.stateward.testkit.net;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of the two directions of all connections of a proxy, and what is wrong with it.
 *
 * <pre>{@code
 * proxy.toTarget().delay(Duration.ofMillis(20)).throttle(10_000);   // 10,000 bytes per second
 * proxy.toClient().dropAfter(100);                                  // then it goes dark
 * proxy.toClient().pass();
 * }</pre>
 *
 * <p>Faults add up; each concerns the bytes that wait as well as those to come.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Bytes never overtake each other, as TCP has it.
 *
 * @since 0.1
 */
public final class Direction {

  private static final long ALL = Long.MAX_VALUE;

  enum Fate {
    PASS,
    DROP,
    RESET
  }

  record Verdict(Fate fate, int count) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long delayNanos; // guarded by lock, as all below
  private boolean stalled;
  private long bytesPerSecond = ALL;
  private long freeAtNanos; // when a throttled line may carry the next bytes
  private long left = ALL; // how many bytes pass before the fate of the others begins
  private Fate thereafter = Fate.DROP;
  private long passed;
  private long dropped;

  Direction() {}

  /**
   * Mends it: everything passes at once, also what waits.
   *
   * @return this
   */
  public Direction pass() {
    return change(
        () -> {
          delayNanos = 0;
          stalled = false;
          bytesPerSecond = ALL;
          left = ALL;
        });
  }

  /**
   * Lets bytes arrive later.
   *
   * @param time how much later, in real time; zero for at once
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public Direction delay(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("Bytes do not arrive before they are sent: " + time + ".");
    }
    return change(() -> delayNanos = time.toNanos());
  }

  /**
   * Passes nothing; what comes waits until it passes again.
   *
   * @return this
   */
  public Direction stall() {
    return change(() -> stalled = true);
  }

  /**
   * Limits how fast bytes pass, all connections together.
   *
   * @param limit bytes per second; at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public Direction throttle(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "At least 1 byte per second passes, not %d; to pass none, stall().".formatted(limit));
    }
    return change(
        () -> {
          bytesPerSecond = limit;
          freeAtNanos = System.nanoTime();
        });
  }

  /**
   * Drops what comes after so many bytes, as if the other end had gone: it is read, and never
   * arrives.
   *
   * @param bytes how many pass from now on, all connections together; not negative
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public Direction dropAfter(long bytes) {
    return endAfter(bytes, Fate.DROP);
  }

  /**
   * Resets the connection of each byte that comes after so many, so that a message breaks off in
   * the middle.
   *
   * @param bytes how many pass from now on, all connections together; not negative
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public Direction resetAfter(long bytes) {
    return endAfter(bytes, Fate.RESET);
  }

  private Direction endAfter(long bytes, Fate fate) {
    if (bytes < 0) {
      throw new IllegalArgumentException("The bytes that pass are not negative: " + bytes + ".");
    }
    return change(
        () -> {
          left = bytes;
          thereafter = fate;
        });
  }

  private Direction change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
      return this;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many bytes have passed.
   *
   * @return the number since the proxy was started
   */
  public long passed() {
    lock.lock();
    try {
      return passed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many bytes were dropped.
   *
   * @return the number since the proxy was started
   */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until bytes that came at a time may go on, and says how many of them, and where. */
  Verdict judge(ProxiedConnection connection, long arrivedNanos, int count)
      throws InterruptedException {
    lock.lock();
    try {
      awaitTurn(connection, arrivedNanos);
      if (connection.isClosed()) {
        return new Verdict(Fate.RESET, count);
      }
      if (left == 0) {
        dropped += count;
        return new Verdict(thereafter, count);
      }
      return new Verdict(Fate.PASS, carried(count));
    } finally {
      lock.unlock();
    }
  }

  private int carried(int count) {
    int portion = (int) Math.min(Math.min(count, left), Math.max(1, bytesPerSecond / 20));
    passed += portion;
    if (left != ALL) {
      left -= portion;
    }
    if (bytesPerSecond != ALL) {
      freeAtNanos =
          Math.max(freeAtNanos, System.nanoTime()) + portion * 1_000_000_000L / bytesPerSecond;
    }
    return portion;
  }

  private void awaitTurn(ProxiedConnection connection, long arrivedNanos)
      throws InterruptedException {
    while (!connection.isClosed()) {
      long now = System.nanoTime();
      long wait = arrivedNanos + delayNanos - now;
      if (bytesPerSecond != ALL) {
        wait = Math.max(wait, freeAtNanos - now);
      }
      if (stalled) {
        changed.await();
      } else if (wait > 0) {
        changed.awaitNanos(wait);
      } else {
        return;
      }
    }
  }

  /** Waits until the end of a connection may be told, and says whether it arrives. */
  boolean endArrives(ProxiedConnection connection) throws InterruptedException {
    lock.lock();
    try {
      awaitTurn(connection, System.nanoTime());
      return left > 0 || thereafter != Fate.DROP;
    } finally {
      lock.unlock();
    }
  }

  /** Makes who waits look again. */
  void wake() {
    change(() -> {});
  }
}
