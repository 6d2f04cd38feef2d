package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.signal.ClosedException;
import io.stateward.signal.PublishedSignal;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cache, put together: a hit is served here, the rest is passed on. */
final class CacheEngine<K, V> implements LayeredCache<K, V> {

  final Policy policy;
  final Timekeeper time;
  final Executor executor;
  final Memory<K, V> memory;
  final View wide;
  final Unsent unsent = new Unsent();
  final Validity<V> validity;
  final Chain chain;
  final @Nullable Link link; // the nearest one, which memory follows
  final Loads<K, V> loads;
  final Forms<K, V> forms;
  final Metas metas;
  final Fences<V> fences;
  final Counters counters;
  final Events events;
  final LoaderCalls<K, V> calls;
  final Reads<K, V> reads;
  private final String name;
  private final PublishedSignal<CacheFigures> figures;
  private final Function<? super K, String> keys;
  private final Batches<K, V> batches;
  private final Writes<K, V> writes;
  private final SourceWrites<K, V> sourceWrites;
  private final boolean inline; // loaders may run on the thread that asks
  private volatile boolean closed;

  CacheEngine(CacheBuilder<K, V> built, Function<CacheEngine<K, V>, LoaderCalls<K, V>> loader) {
    name = built.name;
    policy = built.policy;
    time = built.timekeeper;
    executor = built.executor;
    keys = built.keys;
    inline = policy.hardTimeout().isZero() && policy.softTimeout().isZero();
    memory = new Memory<>(built.memory, time.nanoTime());
    fences = new Fences<>(name, built.versions, built.memory, time);
    counters = new Counters(built.layers.size());
    events = new Events("Cache '" + name + "'", executor);
    calls = loader.apply(this);
    loads = new Loads<>(this);
    forms = new Forms<>(this, built.layers);
    chain = Chain.of(built, counters, events, this::detach);
    link = chain.links().isEmpty() ? null : chain.links().get(0);
    wide =
        link == null
            ? new View(0, new Head(ThreadLocalRandom.current().nextLong(1L << 53), 0), 0)
            : link.wide;
    metas = new Metas(time, wide);
    validity = new Validity<>(wide, unsent, policy, time);
    writes = new Writes<>(this, unsent, announcer(built));
    sourceWrites = new SourceWrites<>(this, writes);
    reads = new Reads<>(this);
    batches = new Batches<>(this);
    figures =
        Signal.sampled(
            () -> counters.figures(memory.size(), unconfirmed(), policy.bound()),
            policy.heartbeat(),
            time);
    figures.named("figures of cache '" + name + "'");
    chain.onAnswer(writes::resume);
    chain.start();
  }

  private static @Nullable Announcer announcer(CacheBuilder<?, ?> built) {
    Consumer<? super Invalidation> host = built.onInvalidate;
    return host == null ? null : new Announcer("Cache '" + built.name + "'", built.executor, host);
  }

  /** Loads under way are not to be kept of what the nearest layer says is invalid. */
  private void detach(Invalidation invalidation) {
    if (invalidation instanceof Invalidation.Key it) {
      fences.raise(it.key(), it.version());
      memory.raise(Memory.stripeOf(it.key().hashCode()));
    } else {
      memory.raiseAll();
    }
  }

  @Override
  public String name() {
    return name;
  }

  String textOf(K key) {
    String text = keys.apply(Objects.requireNonNull(key, "key"));
    if (text == null) {
      throw new IllegalStateException(
          "What keys(...) was given says that the text of '%s' in cache '%s' is null. Give each key a text of its own."
              .formatted(key, name));
    }
    return text;
  }

  /** The stripe of a key: in every view of it the same. */
  int stripeOf(K key) {
    return Memory.stripeOf(link == null ? key.hashCode() : textOf(key).hashCode());
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
        && policy.eager() == 0
        && !closed) {
      counters.memoryHits.increment();
      return entry;
    }
    Mailbox mailbox = new Mailbox(executor);
    return Loading.blocking(
        () -> mailbox.await(reads.read(key, inline ? mailbox : executor, null)));
  }

  @Override
  public Result<V> get(K key, ReadOptions options) {
    Mailbox mailbox = new Mailbox(executor);
    return Loading.blocking(
        () -> mailbox.await(reads.read(key, options, inline ? mailbox : executor)));
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key) {
    return reads.read(key, executor, null);
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key, ReadOptions options) {
    return reads.read(key, options, executor);
  }

  @Override
  public Map<K, Result<V>> getAll(Collection<? extends K> wanted) {
    return Loading.blocking(() -> new Mailbox(executor).await(batches.readAll(wanted)));
  }

  @Override
  public CompletionStage<Map<K, Result<V>>> getAllAsync(Collection<? extends K> wanted) {
    return batches.readAll(wanted);
  }

  @Override
  public Optional<Result<V>> peek(K key) {
    refuseClosed("peeking");
    long now = time.nanoTime();
    Entry<V> entry = memory.find(key, now);
    if (entry == null
        || !validity.isConfirmed(entry, now)
        || !validity.isValid(textOf(key), entry)) {
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
    return Stages.await(writes.invalidate(writable(key), version));
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(K key) {
    return invalidateAsync(key, 0);
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(K key, long version) {
    return own(writes.invalidate(writable(key), version));
  }

  @Override
  public Map<K, Stamp> invalidateAll(Collection<? extends K> keys) {
    return Stages.await(writes.invalidateAll(writable(keys)));
  }

  @Override
  public CompletionStage<Map<K, Stamp>> invalidateAllAsync(Collection<? extends K> keys) {
    return own(writes.invalidateAll(writable(keys)));
  }

  @Override
  public <X extends Exception> Stamp invalidate(K key, Write<X> write) throws X {
    Objects.requireNonNull(write, "write");
    WriteThrough<V, X> unknown =
        () -> {
          write.run();
          return null;
        };
    return sourceWrites.write(writable(key), unknown, null);
  }

  @Override
  public CompletionStage<Stamp> invalidateAsync(
      K key, Supplier<? extends CompletionStage<?>> write) {
    Objects.requireNonNull(write, "write");
    return own(sourceWrites.invalidateAsync(writable(key), write));
  }

  @Override
  public <X extends Exception> Stamp write(K key, WriteThrough<V, X> write, String... tags)
      throws X {
    Objects.requireNonNull(write, "write");
    return sourceWrites.write(writable(key), write, Selectors.tags(tags));
  }

  @Override
  public CompletionStage<Stamp> writeAsync(
      K key, Supplier<? extends CompletionStage<? extends @Nullable V>> write, String... tags) {
    Objects.requireNonNull(write, "write");
    return own(sourceWrites.writeAsync(writable(key), write, Selectors.tags(tags)));
  }

  @Override
  public Stamp invalidateTag(String tag) {
    return Stages.await(writes.wide(writable(Selectors.tag(tag))));
  }

  @Override
  public CompletionStage<Stamp> invalidateTagAsync(String tag) {
    return own(writes.wide(writable(Selectors.tag(tag))));
  }

  @Override
  public Stamp invalidatePrefix(String prefix) {
    return Stages.await(writes.wide(writable(Selectors.prefix(prefix))));
  }

  @Override
  public CompletionStage<Stamp> invalidatePrefixAsync(String prefix) {
    return own(writes.wide(writable(Selectors.prefix(prefix))));
  }

  @Override
  public Stamp clear() {
    return Stages.await(writes.wide(writable(new Invalidation.All())));
  }

  @Override
  public CompletionStage<Stamp> clearAsync() {
    return own(writes.wide(writable(new Invalidation.All())));
  }

  @Override
  public <T> TransactionalWrites<K, T> transactional(Outbox<T> outbox) {
    return writes.transactional(writable(outbox));
  }

  /** What may be written, as it is not null and the cache is open. */
  private <T> T writable(T what) {
    refuseClosed("writing");
    return Objects.requireNonNull(what, "key"); // the others were looked at before
  }

  /** A future of the caller's own: to cancel it undoes nothing, and harms nobody. */
  private static <T> CompletionStage<T> own(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Signal<CacheFigures> figures() {
    return figures;
  }

  private Duration unconfirmed() {
    Link shared = link;
    return shared == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, shared.unconfirmedNanos(time.nanoTime())));
  }

  @Override
  public Subscription onEvent(Consumer<? super CacheEvent> listener) {
    refuseClosed("listening");
    return events.listen(listener);
  }

  void refuseClosed(String what) {
    if (closed) {
      throw new ClosedException(toString(), what, "Build a new one.");
    }
  }

  @Override
  public void close() {
    closed = true;
    reads.close();
    writes.close();
    figures.close();
    chain.close();
  }

  @Override
  public String toString() {
    return "Cache '" + name + "'";
  }
}
