package io.stateward.cache;

import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.Lease;
import io.stateward.codec.Codec;
import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks the loader, and makes entries and answers of what it says. */
final class Loads<K, V> {

  private static final ThreadLocal<@Nullable Loading> LOADING = new ThreadLocal<>();

  private final CacheEngine<K, V> cache;
  private final Loader<K, V> loader;
  private final @Nullable Codec<V> codec;

  Loads(CacheEngine<K, V> cache, Loader<K, V> loader, @Nullable Codec<V> codec) {
    this.cache = cache;
    this.loader = loader;
    this.codec = codec;
  }

  /** What a thread is loading. */
  private record Loading(Object cache, Object key, @Nullable Loading outer) {}

  /** Is told how a load ended, and how long it took. */
  interface Ended<V> {
    void with(Outcome<Loaded<V>> outcome, int micros);
  }

  /**
   * What is to be kept of a load.
   *
   * @param value the value
   * @param tags its tags
   * @param validator its validator
   * @param fresh how long it is fresh
   * @param kept how long it is kept
   * @param stored whether it is stored
   */
  record Made<V>(
      @Nullable V value,
      Set<String> tags,
      @Nullable String validator,
      Duration fresh,
      Duration kept,
      boolean stored) {}

  /** Refuses a read of what this thread is loading. */
  void refuseRecursion(K key) {
    for (Loading it = LOADING.get(); it != null; it = it.outer) {
      if (it.cache == cache && it.key.equals(key)) {
        throw new IllegalStateException(
            "The loader of cache '%s' asks for '%s' while it loads '%s', and would wait for its own result. Ask the source instead."
                .formatted(cache.name(), key, key));
      }
    }
  }

  void start(
      Flight<K, V> flight, @Nullable Entry<V> stale, Cancellation cancellation, Ended<V> ended) {
    start(flight, flight.where, stale, cancellation, ended);
  }

  private void start(
      Flight<K, V> flight,
      Executor where,
      @Nullable Entry<V> stale,
      Cancellation cancellation,
      Ended<V> ended) {
    cache.counters.loads.increment();
    long began = cache.time.nanoTime();
    Call<K, Loaded<V>> call = Call.blockingWith(where, (key, token) -> load(flight, stale, token));
    Duration limit = cache.policy.hardTimeout();
    Task<Loaded<V>> task =
        (limit.isZero() ? call : call.timeout(limit, cache.time)).start(flight.key, cancellation);
    task.onEnd(
        outcome -> {
          if (where != cache.executor
              && Fetch.failureOf(outcome) instanceof InterruptedException
              && !cancellation.isCancelled()) {
            // the thread that was to load was interrupted; others may wait for it still
            start(flight, cache.executor, stale, cancellation, ended);
          } else {
            long nanos = cache.time.nanoTime() - began;
            long micros = nanos / 1_000;
            cache.counters.loadNanos.add(nanos);
            ended.with(outcome, (int) Math.min(micros, Integer.MAX_VALUE));
          }
        });
  }

  private Loaded<V> load(Flight<K, V> flight, @Nullable Entry<V> stale, Cancellation token)
      throws Exception {
    K key = flight.key;
    V old = stale == null ? null : stale.value;
    String validator = stale == null ? null : stale.meta.validator();
    boolean primary = flight.purpose == Flight.Purpose.BYPASS || cache.reads.movedLately(flight);
    Loading outer = LOADING.get();
    LOADING.set(new Loading(cache, key, outer));
    try {
      Loaded<V> loaded = loader.load(new Load<>(key, old, validator, primary, token));
      return checked(loaded, key, old);
    } finally {
      if (outer == null) {
        LOADING.remove();
      } else {
        LOADING.set(outer);
      }
    }
  }

  private Loaded<V> checked(@Nullable Loaded<V> loaded, K key, @Nullable V old) {
    if (loaded == null) {
      throw new IllegalStateException(
          "The loader of cache '%s' returned null for '%s'. Return Loaded.absent() if there is no value."
              .formatted(cache.name(), key));
    }
    if (loaded.notModified && old == null) {
      throw new IllegalStateException(
          "The loader of cache '%s' said that '%s' is not modified, but there was no value. Look at Load.stale() first."
              .formatted(cache.name(), key));
    }
    return loaded;
  }

  Made<V> made(Loaded<V> loaded, @Nullable Entry<V> stale) {
    Entry<V> same = loaded.notModified ? stale : null;
    V value = same == null ? loaded.value : same.value;
    Set<String> tags = same == null || !loaded.tags.isEmpty() ? loaded.tags : same.meta.tags();
    String validator =
        same == null || loaded.validator != null ? loaded.validator : same.meta.validator();
    Duration own = loaded.fresh;
    Duration fresh = own != null ? own : value == null ? cache.policy.absent() : cache.policy.ttl();
    Duration kept = value == null ? fresh : cache.policy.kept(fresh);
    if (validator != null && kept.compareTo(fresh.multipliedBy(2)) < 0) {
      kept = fresh.multipliedBy(2); // or there would be nothing to ask about
    }
    return new Made<>(value, tags, validator, fresh, kept, loaded.stored && !fresh.isZero());
  }

  private Entry<V> entry(
      Made<V> made, SharedEntry.@Nullable Place place, long wide, int micros, boolean confirmed) {
    long now = cache.time.nanoTime();
    Meta meta =
        cache.meta(
            made.fresh().toNanos(), made.kept().toNanos(), made.tags(), made.validator(), null);
    return place == null || place.position() < 0
        ? new Entry<>(made.value(), meta, micros, now, wide)
        : new SharedEntry<>(made.value(), meta, micros, now, place, confirmed);
  }

  /** Stores what was loaded for memory alone. */
  Result<V> local(Flight<K, V> flight, Made<V> made, long wide, int micros) {
    if (!made.stored()) {
      return unstored(made, null, Result.Reason.NOT_STORED);
    }
    return inMemory(
        flight, entry(made, null, wide, micros, true), Result.Source.LOADER, Result.Reason.MISS);
  }

  private Result<V> inMemory(
      Flight<K, V> flight, Entry<V> entry, Result.Source source, Result.Reason reason) {
    boolean stored =
        cache.validity.isValid(flight.text, entry)
            && cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    if (!stored) {
      rejected(flight);
    }
    return new Answer<>(entry, source, stored ? reason : Result.Reason.REJECTED);
  }

  private void rejected(Flight<K, V> flight) {
    cache.counters.rejectedFills.increment();
    if (cache.events.areWanted()) {
      cache.events.emit(new CacheEvent.FillRejected(flight.text));
    }
  }

  /** Answers with what the layer was offered. */
  Result<V> filled(
      Flight<K, V> flight, Made<V> made, SharedEntry.Place place, int micros, boolean accepted) {
    Entry<V> entry = entry(made, place, place.wide(), micros, true);
    if (!accepted) {
      rejected(flight);
      return new Answer<>(entry, Result.Source.LOADER, Result.Reason.REJECTED);
    }
    if (place.position() >= 0 && place.wide() >= 0) { // else the layer has begun anew meanwhile
      cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    }
    return new Answer<>(entry, Result.Source.LOADER, Result.Reason.MISS);
  }

  /** Keeps what was loaded while the layer did not answer, for no longer than the bound. */
  Result<V> offline(
      Flight<K, V> flight, Made<V> made, SharedEntry.@Nullable Place place, int micros) {
    cache.counters.offlineLoads.increment();
    Duration bound = cache.policy.bound();
    Duration kept = made.kept().compareTo(bound) < 0 ? made.kept() : bound;
    Duration fresh = made.fresh().compareTo(bound) < 0 ? made.fresh() : bound;
    Made<V> shorter =
        new Made<>(made.value(), made.tags(), made.validator(), fresh, kept, made.stored());
    if (!made.stored()) {
      return unstored(made, place, Result.Reason.NOT_STORED);
    }
    long wide = place == null ? cache.wide.applied() : place.wide();
    return inMemory(
        flight,
        entry(shorter, place, wide, micros, false),
        Result.Source.OFFLINE,
        Result.Reason.LAYER_DOWN);
  }

  Result<V> unstored(Made<V> made, SharedEntry.@Nullable Place place, Result.Reason reason) {
    Entry<V> entry = entry(made, place, cache.wide.applied(), 0, true);
    return new Answer<>(entry, Result.Source.LOADER, reason);
  }

  /** Answers a failure: with what is stale if that is allowed, else with the failure. */
  Result<V> failed(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause) {
    cache.counters.failedLoads.increment();
    if (stale != null && cache.validity.mayCover(flight.text, stale)) {
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, true, cause));
      cache.counters.staleServed.increment();
      pause(flight, stale);
      return new Answer<>(stale, Result.Source.STALE, Result.Reason.LOADER_FAILED);
    }
    if (flight.purpose == Flight.Purpose.REFRESH || flight.purpose == Flight.Purpose.EAGER) {
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, false, cause));
    }
    return failure(flight, cause);
  }

  /** Has what is stale served for a while without asking the loader again. */
  private void pause(Flight<K, V> flight, Entry<V> stale) {
    long pause = cache.policy.failure().toNanos();
    long now = cache.time.nanoTime();
    Meta was = stale.meta;
    long left = was.keptNanos() - (now - stale.sinceNanos);
    if (pause > 0 && left > 0) {
      Meta paused =
          new Meta(
              was.time(),
              was.wide(),
              Result.Source.STALE,
              Result.Reason.LOADER_FAILED,
              Math.min(pause, left),
              left,
              was.ageNanos() + now - stale.sinceNanos,
              was.tags(),
              was.validator(),
              null);
      cache.memory.put(flight.key, flight.stripe, flight.generation, stale.with(paused, now));
    }
  }

  private Result<V> failure(Flight<K, V> flight, Throwable cause) {
    long kept = cache.policy.failure().toNanos();
    Meta meta = cache.meta(kept, kept, Set.of(), null, cause);
    Entry<V> entry = new Entry<>(null, meta, 0, cache.time.nanoTime(), cache.wide.applied());
    if (kept > 0 && flight.purpose != Flight.Purpose.BYPASS) {
      cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    }
    return new Answer<>(entry, Result.Source.LOADER, Result.Reason.LOADER_FAILED);
  }

  /** Decodes what a layer has; null, and a miss, if that cannot be done. */
  @Nullable Entry<V> decoded(
      Flight<K, V> flight, LayerEntry entry, SharedEntry.Place place, long sentAtNanos) {
    Codec<V> form = codec;
    byte[] bytes = entry.value();
    try {
      V value = bytes == null || form == null ? null : form.decode(bytes);
      Meta meta =
          cache.meta(
              entry.fresh().toNanos(),
              entry.kept().toNanos(),
              entry.tags(),
              entry.validator(),
              null);
      return new SharedEntry<>(value, meta, 0, sentAtNanos, place, true);
    } catch (Throwable t) { // foreign code
      cache.counters.unreadable.increment();
      cache.events.emit(new CacheEvent.Unreadable(0, flight.text, t));
      return null;
    }
  }

  /** Encodes what was loaded; null if that cannot be done. */
  @Nullable LayerEntry encoded(Flight<K, V> flight, Lease lease, Made<V> made) {
    byte[] bytes;
    try {
      bytes = bytesOf(made.value());
    } catch (Throwable t) { // foreign code
      cache.events.emit(new CacheEvent.Unstorable(flight.text, t));
      return null;
    }
    return lease.entry(bytes, made.tags(), made.validator(), made.fresh(), made.kept());
  }

  /** Encodes what was written; null if that cannot be done, or it is not to be stored. */
  @Nullable LayerEntry encoded(K key, Intent intent, @Nullable V value, Set<String> tags) {
    Made<V> made = made(Loaded.ofNullable(value), null);
    if (!made.stored()) {
      return null;
    }
    try {
      return intent.entry(bytesOf(value), tags, null, made.fresh(), made.kept());
    } catch (Throwable t) { // foreign code
      cache.events.emit(new CacheEvent.Unstorable(cache.textOf(key), t));
      return null;
    }
  }

  /** What was written, as an entry; null if it is not to be stored. */
  @Nullable Entry<V> written(
      @Nullable V value, Set<String> tags, SharedEntry.@Nullable Place place, long wide) {
    Made<V> made = made(Loaded.<V>ofNullable(value).tagged(tags.toArray(String[]::new)), null);
    return made.stored() ? entry(made, place, wide, 0, true) : null;
  }

  byte @Nullable [] bytesOf(@Nullable V value) {
    Codec<V> form = codec;
    return value == null || form == null ? null : form.encode(value);
  }
}
