package io.stateward.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timekeeper of real time: the system clocks and one daemon thread.
 *
 * <p>Most hosts use {@link Timekeeper#system()}. A host that must see every thread end when it
 * shuts down starts its own and closes it:
 *
 * <pre>{@code
 * try (SystemTimekeeper timekeeper = SystemTimekeeper.start("orders-timer")) {
 *   run(timekeeper);
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Failure.</b> A task that throws is logged with the name of the thread; later tasks run.
 *
 * @since 0.1
 */
public final class SystemTimekeeper implements Timekeeper, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SystemTimekeeper.class);
  private static final long IDLE_SECONDS = 10;

  private final String threadName;
  private final ScheduledThreadPoolExecutor executor;

  private SystemTimekeeper(String threadName) {
    this.threadName = threadName;
    executor = new ScheduledThreadPoolExecutor(1, this::daemon);
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Starts a timekeeper with a daemon thread of its own, which exists only while something is
   * scheduled and for ten seconds after.
   *
   * @param threadName the name of the thread
   * @return a timekeeper to close when its user ends
   */
  public static SystemTimekeeper start(String threadName) {
    return new SystemTimekeeper(Objects.requireNonNull(threadName, "threadName"));
  }

  static SystemTimekeeper shared() {
    return Shared.INSTANCE;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Objects.requireNonNull(task, "task");
    long nanos = Math.max(0, delay.toNanos());
    try {
      ScheduledFuture<?> future = executor.schedule(() -> run(task), nanos, NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(
          "Timekeeper '%s' is closed, so nothing can be scheduled on it. Close what uses it first."
              .formatted(threadName),
          e);
    }
  }

  /** Drops everything that is scheduled and ends the thread. Closing twice does nothing. */
  @Override
  public void close() {
    if (this == Shared.INSTANCE) {
      throw new IllegalStateException(
          "The shared timekeeper belongs to the process and is not closed. Start your own with"
              + " SystemTimekeeper.start(name) to control its thread.");
    }
    executor.shutdownNow();
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // the thread serves others too
      LOG.error("A task on timekeeper '{}' threw; it is not run again.", threadName, t);
    }
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, threadName);
    thread.setDaemon(true);
    return thread;
  }

  private static final class Shared {
    static final SystemTimekeeper INSTANCE = new SystemTimekeeper("stateward-timer");
  }
}
