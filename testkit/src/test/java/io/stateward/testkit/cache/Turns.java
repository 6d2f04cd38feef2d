package io.stateward.testkit.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which one runs at a time: work runs until it ends or is held, and goes on when it is
 * told to. So a schedule with loads and writes that overlap in any way is one that can be repeated.
 */
final class Turns implements Executor, AutoCloseable {

  private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

  /** One piece of work. */
  static final class Turn {
    final String name;
    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);

    Turn(String name) {
      this.name = name;
    }
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "turn");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<Turn> held = new ArrayList<>();
  private final List<Throwable> thrown = new ArrayList<>();

  @Override
  public void execute(Runnable work) {
    queue.add(work);
  }

  /** Runs what is queued, and what that queues. */
  void runQueued() {
    for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
      run("queued", work);
    }
  }

  /** Runs work until it ends or is held. */
  void run(String name, Runnable work) {
    Turn turn = new Turn(name);
    threads.execute(
        () -> {
          CURRENT.set(turn);
          try {
            work.run();
          } catch (Throwable t) { // told by check()
            thrown.add(t);
          } finally {
            CURRENT.remove();
            turn.stopped.release();
          }
        });
    await(turn.stopped);
  }

  /** Holds the present piece of work, if it is one. */
  void hold() {
    Turn turn = CURRENT.get();
    if (turn != null) {
      held.add(turn);
      turn.stopped.release();
      await(turn.mayRun);
    }
  }

  int held() {
    return held.size();
  }

  /** Lets one of those that are held go on, until it ends or is held again. */
  void release(int which) {
    if (!held.isEmpty()) {
      Turn turn = held.remove(which % held.size());
      turn.mayRun.release();
      await(turn.stopped);
    }
  }

  /** Throws what a piece of work threw. */
  void check() {
    for (Throwable t : thrown) {
      throw t instanceof AssertionError error ? error : new AssertionError(t);
    }
  }

  private static void await(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new AssertionError("A piece of work neither ended nor was held.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
