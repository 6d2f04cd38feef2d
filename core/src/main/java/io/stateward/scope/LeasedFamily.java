package io.stateward.scope;

import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;

/**
 * Values by key, each made on first use and shared by whoever holds a lease on it.
 *
 * <pre>{@code
 * LeasedFamily<String, Room> rooms = scope.own(Family.counted("rooms", Room::open));
 * try (Lease<Room> lease = rooms.lease("lobby")) {
 *   lease.value().say("hello");
 * } // the last lease closes the room
 * }</pre>
 *
 * <p>What happens to a value on which nobody holds a lease is chosen when the family is created:
 * see {@link Family}. A value that is {@link AutoCloseable} is closed when it goes.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. The factory runs once per key, on the
 * thread that asks first; threads that ask meanwhile wait for it, uninterruptibly, and share what
 * comes of it. No lock is held while the factory or the closing of a value runs; only the {@code
 * equals} and {@code hashCode} of keys run under the lock.
 *
 * <p><b>Failure.</b> What a factory throws reaches everyone who waits for it, and nothing is kept:
 * the next one who asks starts it again. Factories that wait for each other in a circle are told so
 * by an {@link IllegalStateException} instead of waiting for ever. What closing a value throws when
 * it is evicted is reported to the probes.
 *
 * <p><b>Cost.</b> One uncontended lock and one hash look-up per lease.
 *
 * @param <K> the type of the keys; immutable, with {@code equals} and {@code hashCode}
 * @param <V> the type of the values
 * @since 0.1
 */
public interface LeasedFamily<K, V> extends AutoCloseable {

  /**
   * Returns the right to use the value of a key, which is made if there is none.
   *
   * @param key the key
   * @return a lease, to be closed when the value is no longer used
   * @throws ClosedException if the family is closed
   * @throws NullPointerException if the factory returns null
   * @throws IllegalStateException if the value is being made of itself
   */
  Lease<V> lease(K key);

  /**
   * Takes a value out of the family, if it is there: the next one who asks gets a new one. It is
   * closed at once, or with the last lease on it.
   *
   * @param key the key
   */
  void evict(K key);

  /**
   * Returns how many keys have a value, or one that is being made.
   *
   * @return the number of keys
   */
  int size();

  /**
   * Tells whether the family is closed.
   *
   * @return whether {@link #close} was called
   */
  boolean isClosed();

  /**
   * Closes every value, leases or not, and refuses to make more. Closing again does nothing.
   *
   * @throws CloseFailedException if closing values threw; all of them were closed
   * @throws NestedUpdateException if an updater does it; nothing is closed then
   */
  @Override
  void close();
}
