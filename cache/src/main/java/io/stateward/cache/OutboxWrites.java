package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Appends invalidations to an outbox, for as long as they are relayed here. */
final class OutboxWrites<K, T> implements TransactionalWrites<K, T> {

  private final CacheEngine<K, ?> cache;
  private final Outbox<T> outbox;
  private final Subscription relay;
  private final AtomicBoolean closed = new AtomicBoolean();

  OutboxWrites(CacheEngine<K, ?> cache, Outbox<T> outbox, Subscription relay) {
    this.cache = cache;
    this.outbox = outbox;
    this.relay = relay;
  }

  @Override
  public Stamp invalidate(K key, T transaction) {
    String text = cache.textOf(Objects.requireNonNull(key, "key"));
    return append(new Invalidation.Key(text), transaction);
  }

  @Override
  public Stamp invalidateTag(String tag, T transaction) {
    return append(Selectors.tag(tag), transaction);
  }

  @Override
  public Stamp invalidatePrefix(String prefix, T transaction) {
    return append(Selectors.prefix(prefix), transaction);
  }

  @Override
  public Stamp clear(T transaction) {
    return append(new Invalidation.All(), transaction);
  }

  private Stamp append(Invalidation what, T transaction) {
    if (closed.get() || cache.isClosed()) {
      throw new ClosedException(
          "The transactional writes of " + cache, "invalidating", "Ask the cache for new ones.");
    }
    outbox.append(Objects.requireNonNull(transaction, "transaction"), cache.name(), what);
    return Stamp.unknown();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      relay.close();
    }
  }
}
