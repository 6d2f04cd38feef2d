package io.stateward.jakarta.websocket;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which an endpoint closes its connections, unless the host has given some: each may
 * wait for a client that is gone. There are none while nothing is closed, so nobody has to end
 * them.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Closers {

  static final int MOST = 32;
  private static final Duration IDLE = Duration.ofSeconds(5);

  private Closers() {}

  static Executor of(String path) {
    return of(path, IDLE);
  }

  static Executor of(String path, Duration idle) {
    AtomicInteger numbers = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            idle.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(), // of what close() was called for, at most each connection
            work -> {
              Thread thread = new Thread(work, "close " + path + " #" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
