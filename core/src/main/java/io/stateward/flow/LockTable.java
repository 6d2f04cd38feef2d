package io.stateward.flow;

import io.stateward.flow.KeyedLocks.Held;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The locks of single keys.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class LockTable<K> {

  /*
   * Concurrency
   * -----------
   * A place of the table stands for the keys whose hash codes lead there. It is empty while none of
   * them is held. It is a hold while one of them is, and nobody else has asked for any: taking and
   * giving back such a key is one compare-and-set each. Whoever comes and finds the hold of somebody
   * else puts a crowd in its place, with that hold in it; a crowd has a lock, a map of the keys that
   * are held, and a queue for each. The last one who leaves a crowd ends it and empties the place,
   * under that lock; who finds an ended crowd looks again.
   *
   *     empty  <-->  hold  -->  crowd  -->  empty
   *
   * A hold is changed by its own thread alone, so it stays the same object when a crowd grows around
   * it; its thread learns of the crowd when it fails to take the hold out of the table.
   */

  private final String name;
  private final Timekeeper timekeeper;
  private final AtomicReferenceArray<@Nullable Object> places;

  LockTable(String name, Timekeeper timekeeper, int size) {
    this.name = name;
    this.timekeeper = timekeeper;
    places = new AtomicReferenceArray<>(size);
  }

  Timekeeper timekeeper() {
    return timekeeper;
  }

  @Nullable Held acquireUninterruptibly(K key) {
    try {
      return acquire(key, Wait.FOREVER);
    } catch (InterruptedException e) {
      throw new AssertionError("not interruptible", e);
    }
  }

  /** Takes a key; null if it did not come in time. */
  @Nullable Held acquire(K key, Wait wait) throws InterruptedException {
    int hash = key.hashCode();
    int place = (hash ^ hash >>> 16) & (places.length() - 1);
    Thread thread = Thread.currentThread();
    Hold<K> fresh = new Hold<>(this, key, place, thread);
    return places.compareAndSet(place, null, fresh) ? fresh : acquireContended(fresh, wait);
  }

  @SuppressWarnings("unchecked") // a place holds what this table has put there
  private @Nullable Held acquireContended(Hold<K> fresh, Wait wait) throws InterruptedException {
    while (true) {
      Object present = places.get(fresh.place);
      if (present == null) {
        if (places.compareAndSet(fresh.place, null, fresh)) {
          return fresh;
        }
      } else if (present instanceof Hold<?> hold) {
        if (hold.owner == fresh.owner && hold.key.equals(fresh.key)) {
          return hold.again();
        }
        places.compareAndSet(fresh.place, hold, new Crowd<>((Hold<K>) hold));
      } else {
        Waiter<K> waiter = ((Crowd<K>) present).enter(fresh, !hasExpired(wait));
        if (waiter.state() != Waiter.State.OUTDATED) {
          return await(waiter, wait);
        }
        Thread.onSpinWait(); // until the place is emptied by who ended the crowd
      }
    }
  }

  private boolean hasExpired(Wait wait) {
    return wait.isLimited() && wait.left(timekeeper).compareTo(Duration.ZERO) <= 0;
  }

  private @Nullable Held await(Waiter<K> waiter, Wait wait) throws InterruptedException {
    if (waiter.state() == Waiter.State.WAITING) {
      if (wait.isLimited()) {
        awaitInTime(waiter, wait.left(timekeeper));
      } else {
        awaitForever(waiter, wait.interruptible());
      }
    }
    return waiter.state() == Waiter.State.GRANTED ? waiter.held() : null;
  }

  private void awaitInTime(Waiter<K> waiter, Duration left) throws InterruptedException {
    Timer timer;
    try {
      timer = timekeeper.schedule(left, waiter::expire);
    } catch (RuntimeException e) { // closed, for example
      waiter.abandon(e);
      return;
    }
    try {
      waiter.await(true);
    } finally {
      timer.cancel();
    }
  }

  private void awaitForever(Waiter<K> waiter, boolean interruptible) throws InterruptedException {
    try {
      Waits.begin(waiter.line());
    } catch (IllegalStateException e) {
      waiter.abandon(e);
      return;
    }
    try {
      waiter.await(interruptible);
    } finally {
      Waits.end();
    }
  }

  /** Gives a key back. For the thread that holds it. */
  @SuppressWarnings("unchecked") // if a hold is not in its place, it is in the crowd there
  void release(Hold<K> hold) {
    if (!places.compareAndSet(hold.place, hold, null)) {
      Crowd<K> crowd = (Crowd<K>) Objects.requireNonNull(places.get(hold.place));
      crowd.leave(hold, () -> places.set(hold.place, null));
    }
  }

  /** Returns how many places there are. */
  int capacity() {
    return places.length();
  }

  /** Returns what a place holds; null if it is empty. */
  @Nullable Object place(int index) {
    return places.get(index);
  }

  int size() {
    int size = 0;
    for (int i = 0; i < places.length(); i++) {
      Object present = places.get(i);
      size += present instanceof Crowd<?> crowd ? crowd.size() : present == null ? 0 : 1;
    }
    return size;
  }

  @Override
  public String toString() {
    return "Keyed locks '" + name + "'";
  }
}
