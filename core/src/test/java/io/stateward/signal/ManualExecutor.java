package io.stateward.signal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * An executor that runs what it was given when the test says so, on the thread of the test.
 *
 * @since 0.1
 */
public final class ManualExecutor implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Creates an executor with nothing to do. */
  public ManualExecutor() {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /**
   * Returns how many tasks wait.
   *
   * @return the number of tasks
   */
  public int waiting() {
    return tasks.size();
  }

  /** Runs what waits, and what is added meanwhile. */
  public void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
