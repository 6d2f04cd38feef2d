package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cache as its host has it: a hit is served here, the rest is passed on, and waited for. */
final class BuiltCache<K, V> implements LayeredCache<K, V> {

  private final CacheEngine<K, V> cache;
  private final Timekeeper time;
  private final Memory<K, V> memory;
  private final Validity<V> validity;
  private final Counters counters;
  private final boolean eager;
  private final boolean inline; // loaders may run on the thread that asks

  BuiltCache(CacheEngine<K, V> cache) {
    this.cache = cache;
    this.time = cache.time;
    this.memory = cache.memory;
    this.validity = cache.validity;
    this.counters = cache.counters;
    this.eager = cache.policy.eager() > 0;
    this.inline = cache.policy.hardTimeout().isZero() && cache.policy.softTimeout().isZero();
  }

  @Override
  public String name() {
    return cache.name();
  }

  // ---- what memory may serve

  @Override
  public Result<V> get(K key) {
    long now = time.nanoTime();
    Entry<V> entry = memory.find(key, now);
    if (entry != null
        && entry.staleNanos(now) < 0
        && validity.isConfirmed(entry, now)
        && validity.isLatest(entry)
        && !eager
        && !cache.isClosed()) {
      counters.memoryHits.increment();
      return entry;
    }
    Mailbox mailbox = new Mailbox(cache.executor);
    return Loading.blocking(
        () -> mailbox.await(cache.reads.read(key, inline ? mailbox : cache.executor, null)));
  }

  @Override
  public Result<V> get(K key, ReadOptions options) {
    Mailbox mailbox = new Mailbox(cache.executor);
    return Loading.blocking(
        () -> mailbox.await(cache.reads.read(key, options, inline ? mailbox : cache.executor)));
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key) {
    return ownRead(cache.reads.read(key, cache.executor, null));
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key, ReadOptions options) {
    return ownRead(cache.reads.read(key, options, cache.executor));
  }

  @Override
  public Map<K, Result<V>> getAll(Collection<? extends K> wanted) {
    return Loading.blocking(() -> new Mailbox(cache.executor).await(cache.batches.readAll(wanted)));
  }

  @Override
  public CompletionStage<Map<K, Result<V>>> getAllAsync(Collection<? extends K> wanted) {
    return ownRead(cache.batches.readAll(wanted));
  }

  @Override
  public Optional<Result<V>> peek(K key) {
    cache.refuseClosed("peeking");
    long now = time.nanoTime();
    Entry<V> entry = memory.find(key, now);
    if (entry == null
        || !validity.isConfirmed(entry, now)
        || !validity.isValid(cache.textOf(key), entry)) {
      return Optional.empty();
    }
    return Optional.of(
        entry.staleNanos(now) < 0
            ? entry
            : new Answer<>(entry, Result.Source.STALE, Result.Reason.HIT));
  }

  // ---- writes

  @Override
  public Stamp put(K key, V value, String... tags) {
    Objects.requireNonNull(value, "value");
    return write(key, () -> value, tags);
  }

  @Override
  public CompletionStage<Stamp> putAsync(K key, V value, String... tags) {
    Objects.requireNonNull(value, "value");
    return writeAsync(key, () -> CompletableFuture.completedFuture(value), tags);
  }

  @Override
  public Stamp invalidate(K key) {
    return invalidate(key, 0);
  }

  @Override
  public Stamp invalidate(K key, long version) {
    return Stages.await(cache.writes.invalidate(writable(key), version));
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(K key) {
    return invalidateAsync(key, 0);
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(K key, long version) {
    return own(cache.writes.invalidate(writable(key), version));
  }

  @Override
  public Map<K, Stamp> invalidateAll(Collection<? extends K> keys) {
    return Stages.await(cache.writes.invalidateAll(writable(keys)));
  }

  @Override
  public CompletionStage<Map<K, Stamp>> invalidateAllAsync(Collection<? extends K> keys) {
    return own(cache.writes.invalidateAll(writable(keys)));
  }

  @Override
  public <X extends Exception> Stamp invalidate(K key, Write<X> write) throws X {
    Objects.requireNonNull(write, "write");
    WriteThrough<V, X> unknown =
        () -> {
          write.run();
          return null;
        };
    return cache.sourceWrites.write(writable(key), unknown, null);
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(
      K key, Supplier<? extends CompletionStage<?>> write) {
    Objects.requireNonNull(write, "write");
    return own(cache.sourceWrites.invalidateAsync(writable(key), write));
  }

  @Override
  public <X extends Exception> Stamp write(K key, WriteThrough<V, X> write, String... tags)
      throws X {
    Objects.requireNonNull(write, "write");
    return cache.sourceWrites.write(writable(key), write, Selectors.tags(tags));
  }

  @Override
  public CompletionStage<Stamp> writeAsync(
      K key, Supplier<? extends CompletionStage<? extends @Nullable V>> write, String... tags) {
    Objects.requireNonNull(write, "write");
    return own(cache.sourceWrites.writeAsync(writable(key), write, Selectors.tags(tags)));
  }

  @Override
  public Stamp invalidateTag(String tag) {
    return Stages.await(cache.writes.wide(writable(Selectors.tag(tag))));
  }

  @Override
  public CompletionStage<Stamp> invalidateTagAsync(String tag) {
    return own(cache.writes.wide(writable(Selectors.tag(tag))));
  }

  @Override
  public Stamp invalidatePrefix(String prefix) {
    return Stages.await(cache.writes.wide(writable(Selectors.prefix(prefix))));
  }

  @Override
  public CompletionStage<Stamp> invalidatePrefixAsync(String prefix) {
    return own(cache.writes.wide(writable(Selectors.prefix(prefix))));
  }

  @Override
  public Stamp clear() {
    return Stages.await(cache.writes.wide(writable(new Invalidation.All())));
  }

  @Override
  public CompletionStage<Stamp> clearAsync() {
    return own(cache.writes.wide(writable(new Invalidation.All())));
  }

  @Override
  public <T> TransactionalWrites<K, T> transactional(Outbox<T> outbox) {
    return cache.writes.transactional(writable(outbox));
  }

  /** What may be written, as it is not null and the cache is open. */
  private <T> T writable(T what) {
    cache.refuseClosed("writing");
    return Objects.requireNonNull(what, "key"); // the others were looked at before
  }

  /** A future of the caller's own: to cancel it undoes nothing, and harms nobody. */
  private <T> CompletionStage<T> own(CompletionStage<T> stage) {
    return Stages.on(cache.executor, toString(), stage.toCompletableFuture());
  }

  /** A future of the caller's own: to cancel it gives up the read. */
  private <T> CompletionStage<T> ownRead(CompletableFuture<T> read) {
    if (read.isDone()) {
      return read;
    }
    CompletableFuture<T> mine = Stages.on(cache.executor, toString(), read);
    Stages.onEnd(mine, (value, failure) -> Reads.giveUp(mine, read));
    return mine;
  }

  @Override
  public Signal<CacheFigures> figures() {
    return cache.figures;
  }

  @Override
  public Subscription onEvent(Consumer<? super CacheEvent> listener) {
    cache.refuseClosed("listening");
    return cache.events.listen(listener);
  }

  @Override
  public void close() {
    cache.close();
  }

  @Override
  public String toString() {
    return cache.toString();
  }
}
