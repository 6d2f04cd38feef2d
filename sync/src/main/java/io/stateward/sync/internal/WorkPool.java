package io.stateward.sync.internal;

import io.stateward.signal.Probe;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads of whoever was given none: as many at work as there are processors, and another for each
 * that is stuck in a disk, or in foreign code that blocks.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
public final class WorkPool implements Executor {

  /*
   * Why not a pool of the JDK
   * -------------------------
   * A change that a thousand read is a thousand short tasks at once. The more threads are woken for
   * them, the longer each reader waits: on two processors, those of a ForkJoinPool or of a
   * ThreadPoolExecutor with eight threads nearly twice as long as those of either with one. But one
   * or two threads are soon stuck. So the number at work is kept low, and who is at one task for
   * long is counted out.
   *
   * Concurrency
   * -----------
   * `working` counts who works and is not stuck. Who adds a task has a worker begin if there are
   * less than may be; else there is one that looks at the queue after that: a worker that finds
   * nothing counts itself out first, and looks once more. A worker is counted out by whoever first
   * replaces the time in its `since`; it finds that when its task is done, and goes on only if it
   * can be counted in again.
   *
   * Whether somebody is stuck is looked at every few milliseconds, as long as tasks wait that no
   * worker could be begun for.
   */

  private static final int MOST_THREADS = 256;
  private static final long STUCK_NANOS = 20_000_000;
  private static final Duration LOOK_AFTER = Duration.ofMillis(20);
  private static final long STUCK = Long.MIN_VALUE; // no time; the clock would need 292 years

  private final String name;
  private final int atOnce;
  private final ThreadPoolExecutor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger working = new AtomicInteger();
  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final AtomicBoolean starved = new AtomicBoolean(); // the last thread could not be begun
  private volatile boolean closed;

  /**
   * Makes one, without threads yet.
   *
   * @param name what its threads are called, and it is in reports
   */
  public WorkPool(String name) {
    this(name, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  WorkPool(String name, int atOnce) {
    this(name, atOnce, Thread::new);
  }

  WorkPool(String name, int atOnce, ThreadFactory factory) {
    this.name = name;
    this.atOnce = atOnce;
    AtomicInteger numbers = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = factory.newThread(work);
              thread.setName(name + " #" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a task.
   *
   * @param task run on one of its threads; where it is handed in, once this is closed
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!isCountedIn()) {
      watch();
    } else {
      begin();
    }
  }

  private boolean isCountedIn() {
    int now = working.get();
    while (now < atOnce) {
      if (working.compareAndSet(now, now + 1)) {
        return true;
      }
      now = working.get();
    }
    return false;
  }

  /**
   * Who calls this has counted the worker in. Nothing is thrown to who handed a task in: it is in
   * the queue, and would be taken for refused though it is run later.
   */
  private void begin() {
    try {
      threads.execute(new Worker());
      starved.set(false);
    } catch (RejectedExecutionException e) { // closed, or all threads are stuck
      begunNone();
    } catch (Throwable t) { // the machine has no thread left, most likely
      begunNone();
      if (!starved.getAndSet(true)) {
        Probe.report(name, "It could begin no thread; what is to be done waits until it can.", t);
      }
    }
  }

  private void begunNone() {
    working.decrementAndGet();
    if (closed) {
      runHere();
    } else {
      watch();
    }
  }

  private void runHere() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // the next task is run all the same
      Probe.report(name, "A task of it threw; the next one is run as usual.", t);
    }
  }

  private void watch() {
    if (!watching.get() && watching.compareAndSet(false, true)) {
      Timekeeper.system().schedule(LOOK_AFTER, this::look);
    }
  }

  private void look() {
    watching.set(false);
    long now = System.nanoTime();
    for (Worker each : workers) {
      if (each.isStuck(now)) {
        working.decrementAndGet();
      }
    }
    if (!tasks.isEmpty()) {
      if (isCountedIn()) {
        begin();
      }
      watch();
    }
  }

  /** Returns how many threads there are. */
  int threads() {
    return threads.getPoolSize();
  }

  /** Lets the threads end when they have done what there is. */
  public void close() {
    closed = true;
    threads.shutdown();
  }

  /** Does tasks until there is none. */
  final class Worker implements Runnable {
    private final AtomicLong since = new AtomicLong(STUCK); // at no task yet, so not late with it

    /** Counts it out if it has been at one task for too long. */
    boolean isStuck(long nowNanos) {
      long start = since.get();
      return start != STUCK && nowNanos - start > STUCK_NANOS && since.compareAndSet(start, STUCK);
    }

    @Override
    public void run() {
      workers.add(this);
      try {
        do {
          runAll();
        } while (!tasks.isEmpty() && isCountedIn());
      } finally {
        workers.remove(this);
      }
    }

    /** Returns counted out. */
    private void runAll() {
      long start = System.nanoTime();
      since.set(start);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        WorkPool.this.run(task);
        long now = System.nanoTime();
        if (!since.compareAndSet(start, now)) {
          return; // it was stuck; others are at work now
        }
        start = now;
      }
      if (since.compareAndSet(start, STUCK)) {
        working.decrementAndGet();
      }
    }
  }
}
