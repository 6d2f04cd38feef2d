package io.stateward.scope;

import io.stateward.signal.StatewardException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One key of a family and its value, or the making of it.
 *
 * <p>Thread safety: the fields say who guards them; the methods are safe for any number of threads.
 */
final class Member<K, V> {

  /*
   * Waiting
   * -------
   * Who waits for whom is known for the whole process, since the factories of two families may ask
   * each other's. The lock is taken only by those who are about to wait, and no other is held with it.
   * A thread that looks and then notes itself does so in one go, so of those who close a circle the
   * last one sees it.
   */
  private static final ReentrantLock WAITING = new ReentrantLock();
  private static final Map<Thread, Member<?, ?>> AWAITED = new HashMap<>(); // guarded by WAITING

  final K key;
  int leases; // guarded by the roster's lock
  long since; // the same: when it was asked for first or, if the eviction says so, used last

  private final String family;
  private final Thread maker = Thread.currentThread();
  private final CountDownLatch made = new CountDownLatch(1);
  private volatile @Nullable V value;
  private volatile @Nullable Throwable failure;

  Member(String family, K key, long since) {
    this.family = family;
    this.key = key;
    this.since = since;
  }

  /** Returns the value; null while it is being made, and if the making failed. */
  @Nullable V value() {
    return value;
  }

  /** Sets the value, for those who close it; nobody who waits is told yet. */
  void hold(V result) {
    value = result;
  }

  /** Lets those who wait go on, with the value or with what kept it from being made. */
  void finish(@Nullable Throwable thrown) {
    failure = thrown;
    made.countDown();
  }

  /** Returns the value, once it is made. */
  V await() {
    if (isPending()) {
      waitFor();
    }
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) { // a checked exception that a factory threw unseen by the compiler
      throw new StatewardException("%s failed to make a value.".formatted(this), thrown);
    }
    return Objects.requireNonNull(value);
  }

  private boolean isPending() {
    return made.getCount() > 0;
  }

  private void waitFor() {
    Thread self = Thread.currentThread();
    noteWaiting(self);
    boolean interrupted = false;
    while (isPending()) {
      try {
        made.await();
      } catch (InterruptedException e) {
        interrupted = true; // the value is wanted all the same
      }
    }
    WAITING.lock();
    try {
      AWAITED.remove(self);
    } finally {
      WAITING.unlock();
    }
    if (interrupted) {
      self.interrupt();
    }
  }

  private void noteWaiting(Thread self) {
    WAITING.lock();
    try {
      Member<?, ?> awaited = this;
      while (awaited != null && awaited.isPending()) {
        if (awaited.maker == self) {
          throw new IllegalStateException(
              "%s is being made of itself: its factory waits for a value that waits for it. Break the circle: let one of the factories ask when its value is used instead of when it is made."
                  .formatted(this));
        }
        awaited = AWAITED.get(awaited.maker);
      }
      AWAITED.put(self, this);
    } finally {
      WAITING.unlock();
    }
  }

  @Override
  public String toString() {
    return "Key '%s' of family '%s'".formatted(key, family);
  }
}
