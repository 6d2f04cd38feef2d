package io.stateward.flow;

import io.stateward.signal.internal.Probes;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what it is given one after the other, in that order: on the executor, or on the thread that
 * finds nobody running. What is added meanwhile, from within too, is run by whoever runs already.
 *
 * <p>Thread safety: safe for any number of threads; no lock is held while something runs.
 */
final class Serial {

  private final String name;
  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger(); // who raises it from zero runs them

  Serial(String name, Executor executor) {
    this.name = name;
    this.executor = executor;
  }

  /** Adds a task, and runs what there is unless somebody does. */
  void add(Runnable task) {
    if (put(task)) {
      execute();
    }
  }

  /** Adds a task. If it returns true, nobody runs them, and the caller has to {@link #execute}. */
  boolean put(Runnable task) {
    tasks.add(task);
    return pending.getAndIncrement() == 0;
  }

  /** Runs what there is. */
  void execute() {
    try {
      executor.execute(this::runAll);
    } catch (Throwable t) { // rejected, most likely
      int lost = 0;
      do {
        tasks.poll();
        lost++;
      } while (pending.decrementAndGet() > 0);
      Probes.report(
          name,
          "Its executor refused to run it, so %d of its actions are lost.".formatted(lost),
          t);
    }
  }

  private void runAll() {
    do {
      try {
        Objects.requireNonNull(tasks.poll()).run();
      } catch (Throwable t) { // foreign code; the next one is run all the same
        Probes.report(name, "Its action threw; the next one is run as usual.", t);
      }
    } while (pending.decrementAndGet() > 0);
  }
}
