package io.stateward.sync.simulation;

import io.stateward.time.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Everything that happens in a simulated world, one thing after the other: of all tasks that could
 * run now the seed picks one; if there is none, time goes on to the next timer.
 *
 * <p>A task belongs to a process, or to the world itself; those of a process that was killed never
 * run.
 */
final class Scheduler {

  private static final long LONGEST_TASK_NANOS = 20_000;
  private static final long MOST_TASKS = 200_000;

  final Random random;
  final Trace trace = new Trace();
  private final List<Task> runnable = new ArrayList<>();
  private final PriorityQueue<Task> timers =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(t -> t.due).thenComparingLong(t -> t.order));
  private long nanos;
  private long order;
  private long tasks;

  /** What could run, and whose it is. */
  private static final class Task {
    final SimulatedProcess owner;
    final Runnable work;
    final long due;
    final long order;

    Task(SimulatedProcess owner, Runnable work, long due, long order) {
      this.owner = owner;
      this.work = work;
      this.due = due;
      this.order = order;
    }
  }

  Scheduler(long seed) {
    random = new Random(seed);
  }

  long nanoTime() {
    return nanos;
  }

  void execute(SimulatedProcess owner, Runnable work) {
    runnable.add(new Task(owner, work, nanos, order++));
  }

  Timer schedule(SimulatedProcess owner, long delayNanos, Runnable work) {
    Task task = new Task(owner, work, nanos + Math.max(0, delayNanos), order++);
    timers.add(task);
    return () -> timers.remove(task);
  }

  boolean hasWork(SimulatedProcess owner) {
    for (Task task : runnable) {
      if (task.owner == owner) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether there was so much to do that somebody must be going round in circles. */
  boolean isStorming() {
    return tasks > MOST_TASKS;
  }

  /** Runs what there is until a moment. */
  void runUntil(long endNanos) {
    while (nanos < endNanos && !isStorming()) {
      Task timer = timers.peek();
      boolean timeIsUp = timer != null && timer.due <= nanos;
      if (timeIsUp && (runnable.isEmpty() || random.nextInt(3) == 0)) {
        run(timers.poll());
      } else if (!runnable.isEmpty()) {
        nanos += random.nextLong(LONGEST_TASK_NANOS);
        run(pick());
      } else {
        nanos = timer == null ? endNanos : Math.min(timer.due, endNanos);
      }
    }
  }

  private Task pick() {
    int chosen = random.nextInt(runnable.size());
    Task last = runnable.remove(runnable.size() - 1);
    return chosen == runnable.size() ? last : runnable.set(chosen, last);
  }

  private void run(Task task) {
    tasks++;
    task.owner.run(task.work);
    task.owner.look();
  }
}
