package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.signal.ClosedException;
import io.stateward.signal.PublishedSignal;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a cache is put together of; a {@link BuiltCache} is what its host has of it. */
final class CacheEngine<K, V> {

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
  final PublishedSignal<CacheFigures> figures;
  private final Function<? super K, String> keys;
  final Batches<K, V> batches;
  final Writes<K, V> writes;
  final SourceWrites<K, V> sourceWrites;
  private volatile boolean closed;

  CacheEngine(CacheBuilder<K, V> built, Function<CacheEngine<K, V>, LoaderCalls<K, V>> loader) {
    name = built.name;
    policy = built.policy;
    time = built.timekeeper;
    executor = built.executor;
    keys = built.keys;
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

  String name() {
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

  boolean isClosed() {
    return closed;
  }

  private Duration unconfirmed() {
    Link shared = link;
    return shared == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, shared.unconfirmedNanos(time.nanoTime())));
  }

  void refuseClosed(String what) {
    if (closed) {
      throw new ClosedException(toString(), what, "Build a new one.");
    }
  }

  void close() {
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
