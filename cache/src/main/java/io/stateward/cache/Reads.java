package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.flow.Call;
import io.stateward.flow.SingleFlight;
import io.stateward.scope.Cancellation;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads: what memory may serve, and a flight for what it may not. */
final class Reads<K, V> {

  private final CacheEngine<K, V> cache;
  private final Policy policy;
  private final Timekeeper time;
  private final Executor executor;
  private final Memory<K, V> memory;
  private final View wide;
  private final Validity<V> validity;
  private final Chain chain;
  private final @Nullable Link link;
  private final Source<K, V> source; // what is behind the nearest layer
  private final Loads<K, V> loads;
  private final Counters counters;
  private final SingleFlight<Flight<K, V>, Result<V>> flights;

  Reads(CacheEngine<K, V> cache) {
    this.cache = cache;
    this.policy = cache.policy;
    this.time = cache.time;
    this.executor = cache.executor;
    this.memory = cache.memory;
    this.wide = cache.wide;
    this.validity = cache.validity;
    this.chain = cache.chain;
    this.link = cache.link;
    this.loads = cache.loads;
    this.source = behind(0);
    this.counters = cache.counters;
    this.flights =
        SingleFlight.of(
            "cache " + cache.name(), Call.stageWith((flight, token) -> fetch(flight, token)));
  }

  private Source<K, V> behind(int level) {
    return level + 1 >= chain.links().size()
        ? loads
        : new Source.Layer<>(cache, chain.links().get(level + 1), behind(level + 1));
  }

  /** Reads a key as the options say. */
  CompletableFuture<Result<V>> read(K key, ReadOptions options, Executor where) {
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

  static <T> void pass(CompletableFuture<T> to, @Nullable T value, @Nullable Throwable failure) {
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
    cache.refuseClosed("reading");
    Flight<K, V> flight = flight(key, where, Flight.Purpose.BYPASS, null, null);
    Loading.refuse(cache, flight);
    CompletableFuture<Result<V>> result = new CompletableFuture<>();
    load(
        flight,
        null,
        Cancellation.none(),
        result,
        (loaded, micros) -> loads.unstored(loads.made(loaded, null), null, Result.Reason.BYPASSED));
    return result;
  }

  /** Has a flight loaded, and what came of it answered. */
  private void load(
      Flight<K, V> flight,
      @Nullable Entry<V> stale,
      Cancellation cancellation,
      CompletableFuture<Result<V>> result,
      BiFunction<Loaded<V>, Integer, Result<V>> answer) {
    Wanted.Ended<V> ended =
        (outcome, micros) -> {
          try {
            result.complete(
                outcome.fold(
                    loaded -> answer.apply(loaded, micros),
                    cause -> loads.failed(flight, stale, cause),
                    why -> loads.failed(flight, stale, why)));
          } catch (Throwable t) { // or nobody would hear of it
            result.completeExceptionally(t);
          }
        };
    cache.calls.start(
        new Wanted<>(flight, stale, cancellation, ended),
        flight.group instanceof Gathering<K, V> it ? it : null);
  }

  /** Reads a key from memory, or boards a flight. */
  CompletableFuture<Result<V>> read(K key, Executor where, @Nullable Group<K, V> group) {
    cache.refuseClosed("reading");
    long now = time.nanoTime();
    Entry<V> found = memory.find(key, now);
    Entry<V> entry = found == null || validity.isValid(cache.textOf(key), found) ? found : null;
    Result<V> served = entry == null ? null : serve(key, entry, now);
    if (served != null) {
      return CompletableFuture.completedFuture(served);
    }
    if (found != null && entry == null) {
      memory.drop(key, found);
    }
    Entry<V> stale = entry == null || entry.failure() != null ? null : entry;
    return board(flight(key, where, Flight.Purpose.READ, stale, group));
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
    if (entry.isPaused(now)) {
      counters.staleServed.increment();
      return entry;
    }
    if (validity.mayServeStale(entry, now)) {
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
      @Nullable Group<K, V> group) {
    String text = cache.textOf(key);
    long period = // before the generation is looked at, which has what confirmed it
        link == null ? Validity.CONFIRMED : validity.period(link.viewOf(text), time.nanoTime());
    return new Flight<>(
        key, text, cache.stripeOf(key), memory, period, where, purpose, stale, group);
  }

  private CompletableFuture<Result<V>> board(Flight<K, V> flight) {
    Loading.refuse(cache, flight);
    counters.asked.increment();
    CompletableFuture<Result<V>> share = flights.start(flight).stage().toCompletableFuture();
    if (!policy.staleWhileRevalidate().isZero()) {
      Stages.onEnd(share, (result, failure) -> refreshIfSaid(flight.key, result));
    }
    Duration soft = policy.softTimeout();
    if (soft.isZero() || policy.failSafe().isZero() || share.isDone()) {
      return share;
    }
    CompletableFuture<Result<V>> sooner = new CompletableFuture<>();
    Timer timer = time.schedule(soft, () -> cover(flight, sooner));
    Stages.onEnd(
        share,
        (value, failure) -> {
          timer.cancel();
          pass(sooner, value, failure);
        });
    Stages.onEnd(sooner, (value, failure) -> giveUp(sooner, share));
    return sooner;
  }

  /** What a layer had that was stale is to be refreshed; by one, whoever it was given to. */
  private void refreshIfSaid(K key, @Nullable Result<V> result) {
    if (result instanceof Answer<V> answer
        && answer.reason() == Result.Reason.REFRESHING
        && answer.source() == Result.Source.STALE) {
      refresh(key, Flight.Purpose.REFRESH, answer.entry());
    }
  }

  /** Answers with what there is, be it that the layer had it. */
  private void cover(Flight<K, V> flight, CompletableFuture<Result<V>> reader) {
    Entry<V> known = flight.stale;
    Entry<V> stale = known == null ? memory.find(flight.key, time.nanoTime()) : known;
    if (stale != null
        && validity.mayCover(flight.text, stale)
        && reader.complete(new Answer<>(stale, Result.Source.STALE, Result.Reason.LOADER_SLOW))) {
      counters.staleServed.increment();
    }
  }

  static void giveUp(CompletableFuture<?> reader, CompletableFuture<?> share) {
    if (reader.isCancelled()) {
      share.cancel(false);
    }
  }

  private CompletableFuture<Result<V>> fetch(Flight<K, V> flight, Cancellation token) {
    counters.flown.increment();
    Link shared = link;
    if (flight.group != null) {
      flight.group.expect();
    }
    if (shared != null) {
      Need<K, V> need = new Need<>(flight, flight.stale, null, flight.group, token);
      return new Fetch<>(cache, shared, source, need, loads).start();
    }
    CompletableFuture<Result<V>> result = new CompletableFuture<>();
    long from = wide.applied();
    load(
        flight,
        flight.stale,
        token,
        result,
        (loaded, micros) -> loads.local(flight, loads.made(loaded, flight.stale), from, micros));
    return result;
  }

  /** Whether a replica of the source may lag too far behind for a flight. */
  boolean prefersPrimary(Flight<K, V> flight) {
    return flight.purpose == Flight.Purpose.BYPASS
        || movedLately(flight)
        || cache.fences.isBehind(flight.text);
  }

  private boolean movedLately(Flight<K, V> flight) {
    long lag = MemoryTime.nanos(policy.replicaLag());
    long now = time.nanoTime();
    return wide.movedWithin(lag, now)
        || chain.links().stream().anyMatch(link -> link.movedWithin(flight.text, lag, now));
  }

  /** Ends what is under way. */
  void close() {
    flights.close();
  }
}
