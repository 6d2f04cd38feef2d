package io.stateward.flow;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key, of as many keys at a time as need be.
 *
 * <pre>{@code
 * KeyedLocks<AccountId> accounts = KeyedLocks.create("accounts");
 * try (KeyedLocks.Held held = accounts.lock(from, to)) {
 *   bank.transfer(from, to, amount);
 * }
 * }</pre>
 *
 * <p>Several keys are taken in one order that is the same for everybody, whatever the order in
 * which they are given: a transfer from A to B and one from B to A cannot wait for each other. Take
 * all keys in one call. A thread that holds some and asks for others in a second call may take them
 * in the wrong order; if threads would then wait for each other, the last one is refused with an
 * {@link IllegalStateException}, unless it waits for a limited time.
 *
 * <p>Locks are reentrant: a thread may take a key again that it holds, and holds it until it has
 * given it back as often. They are held by threads, so the thread that took a key gives it back.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads, virtual ones included: a thread that
 * waits does not pin its carrier.
 *
 * <p><b>Ordering.</b> Fair: a key goes to whoever has waited for it longest.
 *
 * <p><b>Cost.</b> A key that nobody else wants is taken and given back without a lock, with one
 * compare-and-set each. A key that nobody holds costs nothing.
 *
 * @param <K> the type of the keys; immutable, with {@code equals} and {@code hashCode}
 * @since 0.1
 */
public final class KeyedLocks<K> {

  private static final int PLACES = 1_024;

  private final LockTable<K> table;
  private final LockTable<String> ties;

  /** Creates locks with a number of places, which is a power of two. */
  KeyedLocks(String name, Timekeeper timekeeper, int places) {
    table = new LockTable<>(name, timekeeper, places);
    ties = new LockTable<>(name, timekeeper, 1);
  }

  /**
   * A key, or several, that a thread holds until it closes this; closing it again does nothing.
   *
   * <p><b>Thread safety.</b> Confined to the thread that took the keys.
   */
  public interface Held extends AutoCloseable {

    /**
     * Gives the keys back.
     *
     * @throws IllegalStateException if another thread holds them
     */
    @Override
    void close();
  }

  /**
   * Creates locks that nobody holds.
   *
   * @param <K> the type of the keys
   * @param name the name, for errors
   * @return a new set of locks
   */
  public static <K> KeyedLocks<K> create(String name) {
    return create(name, Timekeeper.system());
  }

  /**
   * Creates locks that nobody holds.
   *
   * @param <K> the type of the keys
   * @param name the name, for errors
   * @param timekeeper whose time it goes by when somebody waits for a limited time
   * @return a new set of locks
   */
  public static <K> KeyedLocks<K> create(String name, Timekeeper timekeeper) {
    return new KeyedLocks<>(
        Objects.requireNonNull(name, "name"),
        Objects.requireNonNull(timekeeper, "timekeeper"),
        PLACES);
  }

  /**
   * Takes a key, and waits for it as long as it takes. An interrupt stays with the thread.
   *
   * @param key the key
   * @return the key, to be given back
   * @throws IllegalStateException if threads would wait for each other
   */
  public Held lock(K key) {
    return Objects.requireNonNull(table.acquireUninterruptibly(key));
  }

  /**
   * Takes two keys, and waits for them as long as it takes.
   *
   * @param one a key
   * @param other another key, or the same
   * @return both, to be given back
   * @throws IllegalStateException if threads would wait for each other
   */
  public Held lock(K one, K other) {
    return lockAll(List.of(one, other));
  }

  /**
   * Takes several keys, and waits for them as long as it takes.
   *
   * @param keys the keys
   * @return all of them, to be given back
   * @throws IllegalStateException if threads would wait for each other
   */
  public Held lockAll(Collection<? extends K> keys) {
    try {
      return Objects.requireNonNull(acquireAll(keys, Wait.FOREVER));
    } catch (InterruptedException e) {
      throw new AssertionError("not interruptible", e);
    }
  }

  /**
   * Takes several keys, and waits for them until it is interrupted.
   *
   * @param keys the keys; one is fine
   * @return all of them, to be given back
   * @throws InterruptedException if this thread was interrupted; it holds none of them more than
   *     before
   * @throws IllegalStateException if threads would wait for each other
   */
  public Held lockAllInterruptibly(Collection<? extends K> keys) throws InterruptedException {
    return Objects.requireNonNull(acquireAll(keys, Wait.INTERRUPTIBLY));
  }

  /**
   * Takes a key if it comes in time.
   *
   * @param key the key
   * @param patience how long to wait at most; zero or less takes it now or not at all
   * @return the key, to be given back; null if it did not come
   * @throws InterruptedException if this thread was interrupted while it waited
   */
  public @Nullable Held tryLock(K key, Duration patience) throws InterruptedException {
    return table.acquire(key, Wait.atMost(patience, table.timekeeper()));
  }

  /**
   * Takes several keys if all of them come in time.
   *
   * @param keys the keys
   * @param patience how long to wait at most for all of them together; zero or less takes them now
   *     or not at all
   * @return all of them, to be given back; null if one did not come, and then none is held more
   *     than before
   * @throws InterruptedException if this thread was interrupted while it waited
   */
  public @Nullable Held tryLockAll(Collection<? extends K> keys, Duration patience)
      throws InterruptedException {
    return acquireAll(keys, Wait.atMost(patience, table.timekeeper()));
  }

  /**
   * Returns how many keys are held now. For tests and metrics: it looks at every place in turn.
   *
   * @return the number of keys
   */
  public int size() {
    return table.size();
  }

  /** For tests. */
  LockTable<K> table() {
    return table;
  }

  /*
   * The order of keys is that of their hash codes. If two different keys have the same one, there is
   * no order between them; then a lock for all who have such keys is taken first, so that only one
   * of them at a time takes keys. In a circle of threads that wait for each other, each would hold a
   * key with a hash code at most that of the key it waits for, so all would be the same; then each
   * would be one who holds that lock, and there is only one.
   */
  private @Nullable Held acquireAll(Collection<? extends K> keys, Wait wait)
      throws InterruptedException {
    List<K> ordered = new ArrayList<>(keys);
    ordered.sort(Comparator.comparingInt(Object::hashCode));
    if (!hasTies(ordered)) {
      return acquireInOrder(ordered, wait);
    }
    try (Held tie = ties.acquire("tie", wait)) {
      return tie == null ? null : acquireInOrder(ordered, wait);
    }
  }

  private static boolean hasTies(List<?> ordered) {
    for (int i = 1; i < ordered.size(); i++) {
      Object before = ordered.get(i - 1);
      Object key = ordered.get(i);
      if (before.hashCode() == key.hashCode() && !before.equals(key)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Held acquireInOrder(List<K> ordered, Wait wait) throws InterruptedException {
    Bundle bundle = new Bundle();
    boolean complete = false;
    try {
      for (K key : ordered) {
        Held held = table.acquire(key, wait);
        if (held == null) {
          return null;
        }
        bundle.taken.push(held);
      }
      complete = true;
      return bundle;
    } finally {
      if (!complete) {
        bundle.close();
      }
    }
  }

  /** Several keys, the last one on top. */
  private static final class Bundle implements Held {
    final Deque<Held> taken = new ArrayDeque<>(4);

    @Override
    public void close() {
      while (!taken.isEmpty()) {
        taken.peek().close();
        taken.pop();
      }
    }
  }

  @Override
  public String toString() {
    return table.toString();
  }
}
