package io.stateward.cache;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a thread that waits for a read the one that works for it, so that a loader runs where the
 * read was asked for, with its transaction and its security context. If the thread stops waiting,
 * what is left is worked off elsewhere.
 *
 * <p>Thread safety: anybody may have work done; the thread that made this is the one that waits. It
 * is woken without a lock: whoever wakes it would still hold that when it wakes up, and it would go
 * to sleep a second time. Work is put in before it is looked whether the thread has left, and the
 * thread has left before it looks for work the last time: one of the two finds it, and who takes it
 * out has it done.
 */
final class Mailbox implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread owner = Thread.currentThread();
  private final Executor elsewhere;
  private volatile boolean left;

  Mailbox(Executor elsewhere) {
    this.elsewhere = elsewhere;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!left) {
      wake();
    } else if (tasks.remove(task)) {
      elsewhere.execute(task);
    }
  }

  private void wake() {
    if (Thread.currentThread() != owner) { // which looks again before it sleeps
      LockSupport.unpark(owner);
    }
  }

  /** Works until a read has ended. */
  <T> T await(CompletableFuture<T> read) {
    CompletableFuture<?> waking = read.whenComplete((value, failure) -> wake());
    try {
      while (!read.isDone()) {
        workOrSleep();
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

  private void workOrSleep() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Runnable task = tasks.poll();
    if (task == null) {
      LockSupport.park(this); // wakes at once if there was work, or an end, since it was looked for
    } else {
      task.run();
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
    left = true;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      elsewhere.execute(task);
    }
  }
}
