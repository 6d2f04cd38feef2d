package io.stateward.benchmarks.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many threads that do the same at the same time: virtual ones from Java 21 on; before that,
 * platform threads, and not more of them than a small machine starts in a second.
 */
final class Crowd {

  private static final int PLATFORM_THREADS = 1_000;
  private static final long STACK_BYTES = 1 << 18;
  private static final long PATIENCE_SECONDS = 60;

  private static final @Nullable ThreadFactory VIRTUAL = virtual();

  private Crowd() {}

  /** How many there can be of those that are wanted. */
  static int size(int wanted) {
    return VIRTUAL == null ? Math.min(wanted, PLATFORM_THREADS) : wanted;
  }

  /** What they are. */
  static String kind() {
    return VIRTUAL == null ? "platform threads" : "virtual threads";
  }

  /** Has threads begin together; returns when all have ended. */
  static <T> List<T> together(int size, Callable<T> work) {
    CountDownLatch ready = new CountDownLatch(size);
    CountDownLatch go = new CountDownLatch(1);
    List<AtomicReference<@Nullable T>> results = new ArrayList<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      AtomicReference<@Nullable T> result = new AtomicReference<>();
      results.add(result);
      threads.add(
          start(
              () -> {
                try {
                  ready.countDown();
                  go.await();
                  result.set(work.call());
                } catch (Throwable t) { // told to whoever waits
                  failure.compareAndSet(null, t);
                }
              }));
    }
    try {
      ready.await();
      go.countDown();
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        if (thread.isAlive()) {
          throw new IllegalStateException("a thread is at it for longer than a minute");
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the threads were at it", e);
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("a thread failed: " + cause, cause);
    }
    List<T> all = new ArrayList<>();
    for (AtomicReference<@Nullable T> result : results) {
      T value = result.get();
      if (value == null) {
        throw new IllegalStateException("a thread got nothing");
      }
      all.add(value);
    }
    return all;
  }

  private static Thread start(Runnable work) {
    ThreadFactory factory = VIRTUAL;
    Thread thread =
        factory == null ? new Thread(null, work, "crowd", STACK_BYTES) : factory.newThread(work);
    thread.start();
    return thread;
  }

  /** The factory of virtual threads, which this is not compiled against. */
  private static @Nullable ThreadFactory virtual() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      return null; // before Java 21
    }
  }
}
