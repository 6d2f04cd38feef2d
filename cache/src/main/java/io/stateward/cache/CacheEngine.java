package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Reading;
import io.stateward.flow.Call;
import io.stateward.flow.SingleFlight;
import io.stateward.scope.Cancellation;
import io.stateward.signal.ClosedException;
import io.stateward.signal.PublishedSignal;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads: what memory may serve, and a flight for what it may not. */
final class CacheEngine<K, V> implements LayeredCache<K, V> {

  final Policy policy;
  final Timekeeper time;
  final Executor executor;
  final Memory<K, V> memory;
  final View wide;
  final Validity<V> validity;
  final @Nullable Link link;
  final Loads<K, V> loads;
  final Counters counters;
  final Events events;
  private final String name;
  private final PublishedSignal<CacheFigures> figures;
  private final Function<? super K, String> keys;
  private final SingleFlight<Flight<K, V>, Result<V>> flights;
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
    flights =
        SingleFlight.of("cache " + name, Call.stageWith((flight, token) -> fetch(flight, token)));
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
    Link.Heard detach =
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
    return mailbox.await(read(key, inline ? mailbox : executor, null));
  }

  boolean movedLately(Flight<K, V> flight) {
    Link shared = link;
    View view = shared == null ? null : shared.viewOf(flight.text);
    long lag = policy.replicaLag().toNanos();
    long now = time.nanoTime();
    return wide.movedWithin(lag, now) || (view != null && view.movedWithin(lag, now));
  }

  // ---- reads

  @Override
  public Result<V> get(K key, ReadOptions options) {
    Mailbox mailbox = new Mailbox(executor);
    return mailbox.await(read(key, options, inline ? mailbox : executor));
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key) {
    return read(key, executor, null);
  }

  @Override
  public CompletionStage<Result<V>> getAsync(K key, ReadOptions options) {
    return read(key, options, executor);
  }

  private CompletableFuture<Result<V>> read(K key, ReadOptions options, Executor where) {
    Stamp stamp = options.stamp();
    if (options.isBypass()) {
      return bypass(key, where);
    }
    if (stamp == null || has(stamp)) {
      return read(key, where, null);
    }
    Link shared = link;
    View view = shared == null ? null : shared.view(stamp.bucket());
    if (shared == null || view == null) {
      return bypass(key, where); // it is of another cache, or the layer was never reached
    }
    CompletableFuture<Result<V>> result = new CompletableFuture<>();
    shared
        .repair(view)
        .thenCompose(
            done -> // another one if it began too early
            has(stamp) ? CompletableFuture.completedFuture(null) : shared.repair(view))
        .thenComposeAsync(done -> has(stamp) ? read(key, where, null) : bypass(key, where), where)
        .whenComplete((value, failure) -> pass(result, value, failure));
    return result;
  }

  private static <T> void pass(
      CompletableFuture<T> to, @Nullable T value, @Nullable Throwable failure) {
    if (value == null) {
      to.completeExceptionally(
          failure == null ? new IllegalStateException("no result") : Stages.cause(failure));
    } else {
      to.complete(value);
    }
  }

  private boolean has(Stamp stamp) {
    Link shared = link;
    View view = shared != null ? shared.view(stamp.bucket()) : stamp.bucket() == 0 ? wide : null;
    return view != null && view.has(new Head(stamp.epoch(), stamp.sequence()));
  }

  private CompletableFuture<Result<V>> bypass(K key, Executor where) {
    refuseClosed("reading");
    loads.refuseRecursion(key);
    Flight<K, V> flight = flight(key, where, Flight.Purpose.BYPASS, null, null);
    CompletableFuture<Result<V>> result = new CompletableFuture<>();
    loads.start(
        flight,
        null,
        Cancellation.none(),
        (outcome, micros) ->
            result.complete(
                outcome.fold(
                    loaded ->
                        loads.unstored(loads.made(loaded, null), null, Result.Reason.BYPASSED),
                    cause -> loads.failed(flight, null, cause),
                    why -> loads.failed(flight, null, why))));
    return result;
  }

  /** Reads a key from memory, or boards a flight. */
  private CompletableFuture<Result<V>> read(K key, Executor where, @Nullable Batch batch) {
    refuseClosed("reading");
    long now = time.nanoTime();
    Entry<V> found = memory.find(key, now);
    Entry<V> entry = found == null || validity.isValid(textOf(key), found) ? found : null;
    Result<V> served = entry == null ? null : serve(key, entry, now);
    if (served != null) {
      return CompletableFuture.completedFuture(served);
    }
    if (found != null && entry == null) {
      memory.drop(key, found);
    }
    Entry<V> stale = entry == null || entry.failure() != null ? null : entry;
    return board(flight(key, where, Flight.Purpose.READ, stale, batch));
  }

  private @Nullable Result<V> serve(K key, Entry<V> entry, long now) {
    if (!validity.isConfirmed(entry, now)) {
      return null;
    }
    long stale = entry.staleNanos(now);
    if (stale < 0) {
      if (validity.isDueEarly(entry, stale)) {
        refresh(key, Flight.Purpose.EAGER, entry);
      }
      counters.memoryHits.increment();
      return entry;
    }
    if (stale < policy.staleWhileRevalidate().toNanos() && entry.failure() == null) {
      refresh(key, Flight.Purpose.REFRESH, entry);
      counters.staleServed.increment();
      return new Answer<>(entry, Result.Source.STALE, Result.Reason.REFRESHING);
    }
    return null;
  }

  private void refresh(K key, Flight.Purpose purpose, Entry<V> entry) {
    counters.asked.increment();
    flights.start(flight(key, executor, purpose, entry, null)); // nobody waits, so nobody gives up
  }

  private Flight<K, V> flight(
      K key,
      Executor where,
      Flight.Purpose purpose,
      @Nullable Entry<V> stale,
      @Nullable Batch batch) {
    return new Flight<>(key, textOf(key), stripeOf(key), memory, where, purpose, stale, batch);
  }

  private CompletableFuture<Result<V>> board(Flight<K, V> flight) {
    loads.refuseRecursion(flight.key);
    counters.asked.increment();
    CompletableFuture<Result<V>> share = flights.start(flight).stage().toCompletableFuture();
    Entry<V> stale = flight.stale;
    Duration soft = policy.softTimeout();
    if (soft.isZero() || stale == null || !validity.mayCover(flight.text, stale)) {
      return share;
    }
    CompletableFuture<Result<V>> sooner = new CompletableFuture<>();
    Timer timer = time.schedule(soft, () -> cover(flight.text, stale, sooner));
    Stages.onEnd(
        share,
        (value, failure) -> {
          timer.cancel();
          pass(sooner, value, failure);
        });
    Stages.onEnd(sooner, (value, failure) -> giveUp(sooner, share));
    return sooner;
  }

  private void cover(String text, Entry<V> stale, CompletableFuture<Result<V>> reader) {
    if (validity.mayCover(text, stale)
        && reader.complete(new Answer<>(stale, Result.Source.STALE, Result.Reason.LOADER_SLOW))) {
      counters.staleServed.increment();
    }
  }

  private static void giveUp(CompletableFuture<?> reader, CompletableFuture<?> share) {
    if (reader.isCancelled()) {
      share.cancel(false);
    }
  }

  private CompletableFuture<Result<V>> fetch(Flight<K, V> flight, Cancellation token) {
    counters.flown.increment();
    Link shared = link;
    if (shared != null) {
      return new Fetch<>(this, shared, flight, token).start();
    }
    CompletableFuture<Result<V>> result = new CompletableFuture<>();
    long from = wide.applied();
    loads.start(
        flight,
        flight.stale,
        token,
        (outcome, micros) ->
            result.complete(
                outcome.fold(
                    loaded -> loads.local(flight, loads.made(loaded, flight.stale), from, micros),
                    cause -> loads.failed(flight, flight.stale, cause),
                    why -> loads.failed(flight, flight.stale, why))));
    return result;
  }

  @Override
  public Map<K, Result<V>> getAll(Collection<? extends K> wanted) {
    return new Mailbox(executor).await(readAll(wanted));
  }

  @Override
  public CompletionStage<Map<K, Result<V>>> getAllAsync(Collection<? extends K> wanted) {
    return readAll(wanted);
  }

  private CompletableFuture<Map<K, Result<V>>> readAll(Collection<? extends K> wanted) {
    Batch batch = link == null ? null : new Batch();
    Map<K, CompletableFuture<Result<V>>> shares = new LinkedHashMap<>();
    for (K key : wanted) {
      if (!shares.containsKey(key)) {
        shares.put(key, read(key, executor, batch));
      }
    }
    if (batch != null && link != null && !batch.wanted.isEmpty()) {
      send(link, batch);
    }
    CompletableFuture<Map<K, Result<V>>> result =
        CompletableFuture.allOf(shares.values().toArray(CompletableFuture[]::new))
            .thenApply(done -> results(shares));
    Stages.onEnd(
        result, (done, failure) -> shares.values().forEach(share -> giveUp(result, share)));
    return result;
  }

  private void send(Link shared, Batch batch) {
    long sent = time.nanoTime();
    shared
        .<Map<String, Reading>>ask("readAll", session -> session.readAll(batch.wanted))
        .whenComplete(
            (readings, failure) ->
                pass(batch.read, failure == null ? new Batch.Read(readings, sent) : null, failure));
  }

  private static <K, V> Map<K, Result<V>> results(Map<K, CompletableFuture<Result<V>>> shares) {
    Map<K, Result<V>> results = new LinkedHashMap<>();
    shares.forEach((key, share) -> results.put(key, share.join()));
    return results;
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

  private void refuseClosed(String what) {
    if (closed) {
      throw new ClosedException(toString(), what, "Build a new one.");
    }
  }

  @Override
  public void close() {
    closed = true;
    flights.close();
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
