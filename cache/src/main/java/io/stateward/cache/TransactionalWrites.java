package io.stateward.cache;

/**
 * Writes whose invalidations are part of the transactions that write the source.
 *
 * <pre>{@code
 * TransactionalWrites<Long, Connection> writes = users.transactional(outbox);
 * db.inTransaction(connection -> {
 *   rename(connection, 7L, "Ada");
 *   writes.invalidate(7L, connection);   // committed with the name, or not at all
 * });
 * }</pre>
 *
 * <p>Nothing is invalidated before the commit; afterwards it is, as soon as any instance with the
 * same outbox relays it. So the writer may die between, and nothing stale stays; and until then,
 * readers may be served the old value. Who wants to read his own writes at once asks for no less
 * than the {@linkplain Stamp#isKnown unknown stamp} that the calls return, which goes to the
 * source; what is cached is not older than the write after about as long as the outbox takes, and
 * {@link Policy#bound}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; a transaction is used on the thread that
 * calls.
 *
 * <p><b>Failure.</b> What the source throws as the invalidation is appended reaches the caller, who
 * has to roll back.
 *
 * @param <K> the type of the keys
 * @param <T> what a transaction is
 * @since 0.1
 */
public interface TransactionalWrites<K, T> extends AutoCloseable {

  /**
   * Invalidates a key when the transaction commits.
   *
   * @param key the key
   * @param transaction the one that writes the source
   * @return a stamp that is not known yet
   */
  Stamp invalidate(K key, T transaction);

  /**
   * Invalidates whatever has a tag when the transaction commits.
   *
   * @param tag the tag; not blank
   * @param transaction the one that writes the source
   * @return a stamp that is not known yet
   * @throws IllegalArgumentException if the tag is blank
   */
  Stamp invalidateTag(String tag, T transaction);

  /**
   * Invalidates whatever has a key that begins so when the transaction commits.
   *
   * @param prefix the beginning; not empty
   * @param transaction the one that writes the source
   * @return a stamp that is not known yet
   * @throws IllegalArgumentException if the prefix is empty
   */
  Stamp invalidatePrefix(String prefix, T transaction);

  /**
   * Invalidates everything when the transaction commits.
   *
   * @param transaction the one that writes the source
   * @return a stamp that is not known yet
   */
  Stamp clear(T transaction);

  /** Relays no more here. What was appended stays in the outbox. Closing again does nothing. */
  @Override
  void close();
}
