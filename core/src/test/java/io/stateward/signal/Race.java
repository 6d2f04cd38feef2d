package io.stateward.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that start at once. Those added with {@link #during} repeat what they do until those
 * added with {@link #run} are done; the first failure of any ends the race and is thrown.
 */
final class Race {

  private static final long PATIENCE_SECONDS = 60;

  /** What a thread does; may throw what it likes. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  private final List<Thread> racers = new ArrayList<>();
  private final List<Thread> companions = new ArrayList<>();
  private final CountDownLatch start = new CountDownLatch(1);
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Adds a thread that runs once. */
  Race run(Step step) {
    racers.add(thread(step));
    return this;
  }

  /** Adds a thread that repeats a step until the others are done, at least once. */
  Race during(Step step) {
    companions.add(
        thread(
            () -> {
              do {
                step.run();
              } while (!over.get());
            }));
    return this;
  }

  /** Whether somebody failed already, for those who loop. */
  boolean isOver() {
    return over.get();
  }

  private Thread thread(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                start.await();
                step.run();
              } catch (Throwable t) {
                failure.compareAndSet(null, t);
                over.set(true);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Starts everybody and waits for the end. */
  void finish() throws InterruptedException {
    start.countDown();
    join(racers);
    over.set(true);
    join(companions);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new AssertionError("A thread of the race failed: " + thrown, thrown);
    }
  }

  private void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      if (thread.isAlive() && failure.get() == null) {
        AssertionError stuck =
            new AssertionError("Not done in %d s; suspect a deadlock.".formatted(PATIENCE_SECONDS));
        stuck.setStackTrace(thread.getStackTrace());
        throw stuck;
      }
    }
  }
}
