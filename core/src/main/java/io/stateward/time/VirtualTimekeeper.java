package io.stateward.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A timekeeper whose time moves only when a test says so.
 *
 * <pre>{@code
 * VirtualTimekeeper time = VirtualTimekeeper.create();
 * search.subscribe(Delivery.debounce(Duration.ofMillis(300)).timekeeper(time), this::query);
 * time.advance(Duration.ofMillis(300)); // runs the query here, on this thread
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; tasks run on the thread that advances,
 * with no lock held. Two threads that advance at once both move the time.
 *
 * <p><b>Ordering.</b> While it advances, the clock stands at each task's due time when that task
 * runs; tasks that it schedules within the stretch run in the same advance.
 *
 * <p><b>Failure.</b> A task that throws makes {@link #advance} throw; the time stands at that task,
 * and advancing again goes on with the next.
 *
 * @since 0.1
 */
public final class VirtualTimekeeper implements Timekeeper {

  private final ReentrantLock lock = new ReentrantLock();
  private final Instant origin;
  private final PriorityQueue<Task> tasks = // guarded by lock
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(t -> t.due).thenComparingLong(t -> t.order));
  private long nanos; // guarded by lock
  private long scheduled; // guarded by lock

  private VirtualTimekeeper(Instant origin) {
    this.origin = origin;
  }

  /**
   * Creates a timekeeper that stands at 2000-01-01T00:00:00Z.
   *
   * @return a new timekeeper with nothing scheduled
   */
  public static VirtualTimekeeper create() {
    return startingAt(Instant.parse("2000-01-01T00:00:00Z"));
  }

  /**
   * Creates a timekeeper that stands at an instant.
   *
   * @param instant the wall-clock time to start from
   * @return a new timekeeper with nothing scheduled
   */
  public static VirtualTimekeeper startingAt(Instant instant) {
    return new VirtualTimekeeper(Objects.requireNonNull(instant, "instant"));
  }

  @Override
  public Instant now() {
    return origin.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Objects.requireNonNull(task, "task");
    lock.lock();
    try {
      Task entry = new Task(nanos + Math.max(0, delay.toNanos()), scheduled++, task);
      tasks.add(entry);
      return () -> cancel(entry);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the time forward and runs what falls due, in order, on this thread.
   *
   * @param duration how far; zero runs what is due now
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Time does not run backwards: cannot advance by " + duration + ".");
    }
    long target = nanoTime() + duration.toNanos();
    for (Task task = nextDue(target); task != null; task = nextDue(target)) {
      task.work.run();
    }
    standAt(target);
  }

  /**
   * Returns how many tasks are scheduled and have not begun.
   *
   * @return the number of pending tasks
   */
  public int pending() {
    lock.lock();
    try {
      return tasks.size();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Task nextDue(long target) {
    lock.lock();
    try {
      Task next = tasks.peek();
      if (next == null || next.due > target) {
        return null;
      }
      nanos = Math.max(nanos, next.due);
      return tasks.poll();
    } finally {
      lock.unlock();
    }
  }

  private void standAt(long target) {
    lock.lock();
    try {
      nanos = Math.max(nanos, target);
    } finally {
      lock.unlock();
    }
  }

  private boolean cancel(Task task) {
    lock.lock();
    try {
      return tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** A class and not a record: two equal schedules are still two. */
  private static final class Task {
    final long due;
    final long order;
    final Runnable work;

    Task(long due, long order, Runnable work) {
      this.due = due;
      this.order = order;
      this.work = work;
    }
  }
}
