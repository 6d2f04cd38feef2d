package io.stateward.testkit.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a proxy. */
final class Workers {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  void start(String role, Runnable work) {
    Thread thread =
        new Thread(
            () -> run(work), "stateward-fault-proxy-" + role + "-" + NUMBERS.incrementAndGet());
    thread.setDaemon(true);
    running.add(thread);
    thread.start();
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** Waits for all of them, those included that they start meanwhile. */
  void awaitEnd(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    for (Thread thread : running) {
      try {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (!running.isEmpty() && until - System.nanoTime() > 0) {
      awaitEnd(Duration.ofNanos(until - System.nanoTime()));
    }
  }
}
