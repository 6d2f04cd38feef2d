package io.stateward.flow;

import java.util.IdentityHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which key without a limit, in the whole process, so that nobody begins to wait in a
 * circle.
 *
 * <p>Thread safety: safe for any number of threads. The lock is taken only by those who are about
 * to wait or have waited, and no other is held with it. A thread looks and notes itself in one go,
 * so of those who close a circle the last one sees it. A key that is handed on makes no circle,
 * since who gets it does not wait.
 */
final class Waits {

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final IdentityHashMap<Thread, Crowd.Line<?>> AWAITED =
      new IdentityHashMap<>(); // by lock

  private Waits() {}

  /** Notes that the current thread waits; throws if that would never end. */
  static void begin(Crowd.@Nullable Line<?> wanted) {
    Thread self = Thread.currentThread();
    LOCK.lock();
    try {
      Crowd.Line<?> line = wanted;
      while (line != null) {
        Thread owner = line.owner();
        Crowd.Line<?> next = AWAITED.get(owner);
        if (wanted != null && next != null && next.owner() == self) {
          throw circle(self, wanted);
        }
        boolean waits = next != null && next.owner() != owner; // else it was just granted its key
        line = waits ? next : null;
      }
      if (wanted != null) {
        AWAITED.put(self, wanted);
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static IllegalStateException circle(Thread self, Crowd.Line<?> wanted) {
    return new IllegalStateException(
        "Thread '%s' would wait forever for key %s: thread '%s' holds it, and waits in turn, itself or through others, for a key that this thread holds. Take all keys in one call, which takes them in the right order, or wait for a limited time."
            .formatted(self.getName(), wanted.hold.key, wanted.owner().getName()));
  }

  /** Notes that the current thread waits no more. */
  static void end() {
    LOCK.lock();
    try {
      AWAITED.remove(Thread.currentThread());
    } finally {
      LOCK.unlock();
    }
  }
}
