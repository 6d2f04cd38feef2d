package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A write where there is memory alone: its generations say whether anybody else wrote meanwhile.
 */
final class LocalWriting<K, V> implements Writing<V> {

  private final CacheEngine<K, V> cache;
  private final Writes<K, V> writes;
  private final K key;
  private final int stripe;
  private final long from;
  private final long before;

  LocalWriting(CacheEngine<K, V> cache, Writes<K, V> writes, K key) {
    this.cache = cache;
    this.writes = writes;
    this.key = key;
    this.stripe = cache.stripeOf(key);
    this.from = cache.wide.applied();
    this.before = cache.memory.invalidate(key, stripe);
  }

  @Override
  public CompletionStage<Stamp> end(@Nullable V value, @Nullable Set<String> tags) {
    long after = cache.memory.invalidate(key, stripe);
    if (tags != null && after == before + 1) { // nobody else wrote meanwhile
      Entry<V> entry = cache.loads.written(value, tags, null, from);
      if (entry != null && cache.validity.isValid(cache.textOf(key), entry)) {
        cache.loads.keep(key, cache.textOf(key), stripe, after, cache.fences.of(value), entry);
      }
    }
    writes.done(new Invalidation.Key(cache.textOf(key)));
    return CompletableFuture.completedFuture(writes.here());
  }

  @Override
  public CompletionStage<@Nullable Object> abandon() {
    cache.memory.invalidate(key, stripe);
    writes.done(new Invalidation.Key(cache.textOf(key)));
    return CompletableFuture.completedFuture(null);
  }
}
