package io.stateward.scope;

import io.stateward.signal.ClosedException;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.function.Function;

/**
 * Values by key, each made on first use, shared, and let go when it is not used.
 *
 * <pre>{@code
 * Keyed<Long, Order> all = store.entities(App::orders);
 * Family<Long, Signal<@Nullable Order>> orders = scope.own(Family.lru("orders", 1_000, all::at));
 * orders.get(7L).subscribe(change -> show(change.now()));
 * }</pre>
 *
 * <p>The eviction is chosen at construction:
 *
 * <ul>
 *   <li>{@link #counted}: a value goes with the last lease on it;
 *   <li>{@link #lru}: the values used last stay, up to a number;
 *   <li>{@link #idle}: a value goes when nobody has used it for a while;
 *   <li>{@link #ttl}: a value goes when it has reached an age.
 * </ul>
 *
 * <p>A value that needs no closing, as a signal, is simply had by {@link #get}. One that does may
 * be closed by eviction while its user is still at it, so take a {@link #lease} on it.
 *
 * <p><b>Thread safety.</b> <b>Failure.</b> <b>Cost.</b> As {@link LeasedFamily} says.
 *
 * @param <K> the type of the keys; immutable, with {@code equals} and {@code hashCode}
 * @param <V> the type of the values
 * @since 0.1
 */
public interface Family<K, V> extends LeasedFamily<K, V> {

  /**
   * Creates a family of values that go with the last lease on them.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param name the name, for errors
   * @param factory makes the value of a key; never returns null
   * @return a new family
   */
  static <K, V> LeasedFamily<K, V> counted(String name, Function<? super K, ? extends V> factory) {
    return new KeyedFamily<>(name, factory, Eviction.lru(0));
  }

  /**
   * Creates a family that keeps the values used last.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param name the name, for errors
   * @param max how many values on which nobody holds a lease are kept; at least 1. One that was got
   *     or given back last goes last
   * @param factory makes the value of a key; never returns null
   * @return a new family
   */
  static <K, V> Family<K, V> lru(String name, int max, Function<? super K, ? extends V> factory) {
    if (max < 1) {
      throw new IllegalArgumentException(
          "Family '%s' cannot keep %d values; it keeps at least 1. For values that go with their last lease, use Family.counted(name, factory)."
              .formatted(name, max));
    }
    return new KeyedFamily<>(name, factory, Eviction.lru(max));
  }

  /**
   * Creates a family of values that go when nobody has used them for a while.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param name the name, for errors
   * @param time how long a value is kept after it was got or its last lease ended; more than zero
   * @param timekeeper whose time it goes by
   * @param factory makes the value of a key; never returns null
   * @return a new family
   */
  static <K, V> Family<K, V> idle(
      String name, Duration time, Timekeeper timekeeper, Function<? super K, ? extends V> factory) {
    return new KeyedFamily<>(name, factory, Eviction.idle(time, timekeeper));
  }

  /**
   * Creates a family of values that go when they have reached an age, used or not. One on which
   * somebody holds a lease is replaced for those who ask from then on, and closed with its last
   * lease.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param name the name, for errors
   * @param age how long a value is handed out, from the moment it was first asked for; more than
   *     zero, exclusive
   * @param timekeeper whose time it goes by
   * @param factory makes the value of a key; never returns null
   * @return a new family
   */
  static <K, V> Family<K, V> ttl(
      String name, Duration age, Timekeeper timekeeper, Function<? super K, ? extends V> factory) {
    return new KeyedFamily<>(name, factory, Eviction.ttl(age, timekeeper));
  }

  /**
   * Returns the value of a key, which is made if there is none, and counts as a use of it.
   *
   * @param key the key
   * @return the value
   * @throws ClosedException if the family is closed
   * @throws NullPointerException if the factory returns null
   * @throws IllegalStateException if the value is being made of itself
   */
  V get(K key);
}
