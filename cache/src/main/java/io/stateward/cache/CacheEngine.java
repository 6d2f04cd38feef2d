package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache, put together: a hit is served here, the rest is passed on. */
final class CacheEngine<K, V> implements LayeredCache<K, V> {

  final Policy policy;
  final Timekeeper time;
  final Executor executor;
  final Memory<K, V> memory;
  final View wide;
  final Validity<V> validity;
  final @Nullable Link link;
  final Loads<K, V> loads;
  final Reads<K, V> reads;
  final Counters counters;
  final Events events;
  private final String name;
  private final PublishedSignal<CacheFigures> figures;
  private final Function<? super K, String> keys;
  private final Batches<K, V> batches;
  private final Writes<K, V> writes;
  private final boolean inline; // loaders may run on the thread that asks
  private volatile boolean closed;

  CacheEngine(CacheBuilder<K, V> built, Loader<K, V> loader) {
    name = built.name;
    policy = built.policy;
    time = built.timekeeper;
    executor = built.executor;
    keys = built.keys;
    inline = policy.hardTimeout().isZero() && policy.softTimeout().isZero();
    memory = new Memory<>(built.memory, time.nanoTime());
    loads = new Loads<>(this, loader, built.codec);
    counters = new Counters(built.layer == null ? 0 : 1);
    events = new Events("Cache '" + name + "'", executor);
    link = link(built, counters, events, memory);
    wide =
        link == null
            ? new View(0, new Head(ThreadLocalRandom.current().nextLong(1L << 53), 0), 0)
            : link.wide;
    validity = new Validity<>(wide, policy, time);
    writes = new Writes<>(this);
    reads = new Reads<>(this);
    batches = new Batches<>(this);
    if (link != null) {
      link.start();
    }
    figures =
        Signal.sampled(
            () -> counters.figures(memory.size(), unconfirmed(), policy.bound()),
            policy.heartbeat(),
            time);
    figures.named("figures of cache '" + name + "'");
  }

  private static @Nullable Link link(
      CacheBuilder<?, ?> built, Counters counters, Events events, Memory<?, ?> memory) {
    if (built.layer == null || built.codec == null) {
      return null;
    }
    Repairs.Heard detach =
        invalidation -> {
          if (invalidation instanceof Invalidation.Key it) {
            memory.raise(Memory.stripeOf(it.key().hashCode()));
          } else {
            memory.raiseAll();
          }
        };
    return new Link(built, built.layer, built.codec.schema(), counters, events, detach);
  }

  @Override
  public String name() {
    return name;
  }

  String textOf(K key) {
    return Objects.requireNonNull(keys.apply(key), "text of the key");
  }

  /** The stripe of a key: in every view of it the same. */
  int stripeOf(K key) {
    return Memory.stripeOf(link == null ? key.hashCode() : textOf(key).hashCode());
  }

  Meta meta(
      long freshNanos,
      long keptNanos,
      Set<String> tags,
      @Nullable String validator,
      @Nullable Throwable failure) {
    return new Meta(
        time,
        wide,
        Result.Source.MEMORY,
        Result.Reason.HIT,
        freshNanos,
        keptNanos,
        0,
        tags,
        validator,
        failure);
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
    return mailbox.await(reads.read(key, inline ? mailbox : executor, null));
  }

  @Override
  public Result<V> get(K key, ReadOptions options) {
    Mailbox mailbox = new Mailbox(executor);
    return mailbox.await(reads.read(key, options, inline ? mailbox : executor));
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
    return new Mailbox(executor).await(batches.readAll(wanted));
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
  public Stamp invalidate(K key) {
    refuseClosed("invalidating");
    return writes.invalidate(key);
  }

  @Override
  public <X extends Exception> Stamp invalidate(K key, Write<X> write) throws X {
    refuseClosed("writing");
    Objects.requireNonNull(write, "write");
    return writes.intent(key, write);
  }

  @Override
  public <X extends Exception> Stamp write(K key, WriteThrough<V, X> write, String... tags)
      throws X {
    refuseClosed("writing");
    Objects.requireNonNull(write, "write");
    return writes.through(key, write, Set.of(tags));
  }

  @Override
  public Stamp invalidateTag(String tag) {
    refuseClosed("invalidating");
    return writes.wide(new Invalidation.Tag(Objects.requireNonNull(tag, "tag")));
  }

  @Override
  public Stamp invalidatePrefix(String prefix) {
    refuseClosed("invalidating");
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException(
          "Every key begins with an empty prefix. If all are meant, clear() says so.");
    }
    return writes.wide(new Invalidation.Prefix(prefix));
  }

  @Override
  public Stamp clear() {
    refuseClosed("clearing");
    return writes.wide(new Invalidation.All());
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
    figures.close();
    Link shared = link;
    if (shared != null) {
      shared.close();
    }
  }

  @Override
  public String toString() {
    return "Cache '" + name + "'";
  }
}
