package io.stateward.sync.client;

import io.stateward.signal.Probe;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs what it is given one after the other, in that order. What is added meanwhile, from within
 * too, is run by whoever runs already.
 *
 * <p>Thread safety: safe for any number of threads; no lock is held while something runs. {@link
 * #put} may be called under a lock, {@link #run} not.
 */
final class Turns {

  private final String name;
  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  Turns(String name, Executor executor) {
    this.name = name;
    this.executor = executor;
  }

  /** Adds a task, and sees to it that it runs. */
  void add(Runnable task) {
    put(task);
    run();
  }

  /** Adds a task; somebody has to {@link #run} afterwards. */
  void put(Runnable task) {
    tasks.add(task);
  }

  /** Has everything run that was added. */
  void run() {
    if (tasks.isEmpty() || !running.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::runAll);
    } catch (RuntimeException e) { // rejected, most likely; what waits goes with the next task
      running.set(false);
      Probe.report(name, "Its executor refused to run it; it waits for the next occasion.", e);
    }
  }

  private void runAll() {
    do {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        runOne(task);
      }
      running.set(false);
      // Who added after the last poll saw it running, and left the task to this thread.
    } while (!tasks.isEmpty() && running.compareAndSet(false, true));
  }

  private void runOne(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // foreign code; the next one is run all the same
      Probe.report(name, "Something that it ran threw; the next one is run as usual.", t);
    }
  }
}
