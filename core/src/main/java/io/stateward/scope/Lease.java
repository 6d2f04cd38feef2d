package io.stateward.scope;

import io.stateward.signal.ClosedException;

/**
 * The right to use a value of a family. While somebody holds a lease on it, a value is neither
 * evicted nor closed, unless the family itself is closed.
 *
 * <pre>{@code
 * try (Lease<Signal<Order>> lease = orders.lease(7L)) {
 *   show(lease.value().get());
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <V> the type of the value
 * @since 0.1
 */
public interface Lease<V> extends AutoCloseable {

  /**
   * Returns the value.
   *
   * @return the value, the same each time
   * @throws ClosedException if this lease is closed
   */
  V value();

  /**
   * Ends the lease. Closing it again does nothing. It never throws: what closing an evicted value
   * throws is reported.
   */
  @Override
  void close();
}
