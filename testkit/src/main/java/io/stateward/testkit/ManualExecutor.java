package io.stateward.testkit;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs a task when the test says so, on the thread that says it.
 *
 * <pre>{@code
 * ManualExecutor ui = new ManualExecutor();
 * Recorder<String> shown = Recorder.of(title, Delivery.latest().on(ui));
 * title.set("a");
 * title.set("b");
 * ui.runAll();
 * assertThat(shown.values()).containsExactly("b");
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; tasks run with no lock held.
 *
 * <p><b>Ordering.</b> First in, first out.
 *
 * <p><b>Failure.</b> What a task throws is thrown by {@link #runNext} or {@link #runAll}; the tasks
 * after it stay queued.
 *
 * @since 0.1
 */
public final class ManualExecutor implements Executor {

  /** After so many tasks, {@link #runAll} takes it that they never end. */
  static final int ENDLESS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // guarded by lock
  private boolean refusing; // guarded by lock

  /** Creates an executor that accepts tasks and runs none. */
  public ManualExecutor() {}

  /**
   * Queues a task.
   *
   * @param task what to run later
   * @throws RejectedExecutionException if the executor {@linkplain #refuse refuses}
   */
  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    lock.lock();
    try {
      if (refusing) {
        throw new RejectedExecutionException(
            "This manual executor refuses tasks, as the test asked it to; accept() makes it take them again.");
      }
      tasks.add(task);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs the task that was queued first.
   *
   * @throws NoSuchElementException if none is queued
   */
  public void runNext() {
    Runnable task = poll();
    if (task == null) {
      throw new NoSuchElementException(
          "No task is queued, so there is nothing to run. Ask pending() first, or use runAll().");
    }
    task.run();
  }

  /**
   * Runs tasks until none is queued, those included that the tasks themselves queue.
   *
   * @return how many were run
   * @throws IllegalStateException if there is no end to them
   */
  public int runAll() {
    int count = 0;
    for (Runnable task = poll(); task != null; task = poll()) {
      task.run();
      if (++count == ENDLESS) {
        throw new IllegalStateException(
            "%d tasks ran and %d are queued still: they queue each other without end. Use runNext() to look at each."
                .formatted(count, pending()));
      }
    }
    return count;
  }

  /**
   * Returns how many tasks are queued.
   *
   * @return the number of tasks that have not begun
   */
  public int pending() {
    lock.lock();
    try {
      return tasks.size();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses tasks from now on, as an executor does that is shut down or full. */
  public void refuse() {
    setRefusing(true);
  }

  /** Accepts tasks again. */
  public void accept() {
    setRefusing(false);
  }

  private void setRefusing(boolean refuses) {
    lock.lock();
    try {
      refusing = refuses;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Runnable poll() {
    lock.lock();
    try {
      return tasks.poll();
    } finally {
      lock.unlock();
    }
  }
}
