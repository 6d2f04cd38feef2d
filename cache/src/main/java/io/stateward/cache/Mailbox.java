package io.stateward.cache;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes a thread that waits for a read the one that works for it, so that a loader runs where the
 * read was asked for, with its transaction and its security context. If the thread stops waiting,
 * what is left is worked off elsewhere.
 */
final class Mailbox implements Executor {

  private static final Runnable WAKE = Mailbox::wake;

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Executor elsewhere;
  private boolean left; // guarded by lock

  Mailbox(Executor elsewhere) {
    this.elsewhere = elsewhere;
  }

  private static void wake() {}

  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      if (!left) {
        tasks.add(task);
        return;
      }
    } finally {
      lock.unlock();
    }
    elsewhere.execute(task);
  }

  /** Works until a read has ended. */
  <T> T await(CompletableFuture<T> read) {
    CompletableFuture<?> waking = read.whenComplete((value, failure) -> execute(WAKE));
    try {
      while (!read.isDone()) {
        tasks.take().run();
      }
      return read.get();
    } catch (InterruptedException e) {
      read.cancel(false);
      waking.cancel(false);
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw unchecked(e);
    } finally {
      leave();
    }
  }

  static CancellationException interrupted(InterruptedException cause) {
    CancellationException why =
        new CancellationException("The thread was interrupted while it waited for a cache.");
    why.initCause(cause);
    return why;
  }

  static RuntimeException unchecked(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("A read of a cache ended with what it never throws.", cause);
  }

  private void leave() {
    lock.lock();
    try {
      left = true;
    } finally {
      lock.unlock();
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      if (task != WAKE) {
        elsewhere.execute(task);
      }
    }
  }
}
