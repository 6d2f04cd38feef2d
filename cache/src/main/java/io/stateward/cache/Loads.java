package io.stateward.cache;

import io.stateward.cache.spi.LayerEntry;
import io.stateward.flow.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of what the loader says and of what layers have, keeps them in memory, and answers
 * readers with them.
 */
final class Loads<K, V> implements Source<K, V>, Sink<K, V, Result<V>> {

  private final CacheEngine<K, V> cache;
  private final Fallback<K, V> fallback;
  private volatile int lastMicros; // how long a load takes, about

  Loads(CacheEngine<K, V> cache) {
    this.cache = cache;
    this.fallback = new Fallback<>(cache);
  }

  int lastMicros() {
    return lastMicros;
  }

  @Override
  public void ask(Need<K, V> need, Consumer<Supply<V>> answer) {
    Wanted<K, V> wanted =
        new Wanted<>(
            need.flight(),
            need.stale(),
            need.cancellation(),
            (outcome, micros) -> answer.accept(supply(outcome, need.stale(), micros)));
    cache.calls.start(wanted, need.group() instanceof Gathering<K, V> it ? it : null);
  }

  private Supply<V> supply(Outcome<Loaded<V>> outcome, @Nullable Entry<V> stale, int micros) {
    if (!(outcome instanceof Outcome.Done<Loaded<V>> it)) {
      return new Supply.Failed<>(Fetch.failureOf(outcome), stale);
    }
    Made<V> made = made(it.value(), stale);
    Result.Reason reason = made.stored() ? Result.Reason.MISS : Result.Reason.NOT_STORED;
    return new Supply.Had<>(made, reason, micros);
  }

  Made<V> made(Loaded<V> loaded, @Nullable Entry<V> stale) {
    Entry<V> same = loaded.notModified ? stale : null;
    V value = same == null ? loaded.value : same.value;
    Set<String> tags = same == null || !loaded.tags.isEmpty() ? loaded.tags : same.meta.tags();
    String validator =
        same == null || loaded.validator != null ? loaded.validator : same.meta.validator();
    Duration own = loaded.fresh;
    Duration ours = value == null ? cache.policy.absent() : cache.policy.ttl();
    Duration fresh = MemoryTime.bounded(own == null ? ours : own);
    Duration kept = value == null ? fresh : cache.policy.kept(fresh);
    Duration twice = MemoryTime.sum(fresh, fresh);
    if (validator != null && kept.compareTo(twice) < 0) {
      kept = twice; // or there would be nothing to ask about
    }
    long version = cache.fences.of(value);
    boolean stored = loaded.stored && !fresh.isZero() && version >= 0;
    return new Made<>(
        Result.Source.LOADER,
        value,
        tags,
        validator,
        Math.max(0, version),
        Duration.ZERO,
        fresh,
        kept,
        stored);
  }

  /** What is left of an entry of a layer, for the layer above. */
  Made<V> remaining(LayerEntry from, Entry<V> entry) {
    long passed = cache.time.nanoTime() - entry.sinceNanos;
    Duration fresh = Duration.ofNanos(Math.max(0, entry.meta.freshNanos() - passed));
    Duration kept = Duration.ofNanos(Math.max(0, entry.meta.keptNanos() - passed));
    return new Made<>(
        Result.Source.LAYER,
        entry.value,
        from.tags(),
        from.validator(),
        from.version(),
        entry.age(),
        fresh,
        kept,
        !fresh.isZero());
  }

  /** Notes that what was loaded came past a layer that does not answer. */
  Made<V> pastALayer(Made<V> made) {
    if (made.from() != Result.Source.LOADER) {
      return made;
    }
    cache.counters.offlineLoads.increment();
    return made.from(Result.Source.OFFLINE);
  }

  void rejected(Flight<K, V> flight) {
    cache.fences.refused(flight.text);
    cache.counters.rejectedFills.increment();
    if (cache.events.areWanted()) {
      cache.events.emit(new CacheEvent.FillRejected(flight.text));
    }
  }

  @Override
  public Result<V> hit(
      Flight<K, V> flight, LayerEntry from, Entry<V> entry, SharedEntry.Place place) {
    if (place.position() >= 0) {
      cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    }
    if (entry.meta.freshNanos() <= 0) { // was stale already when it was read
      cache.counters.staleServed.increment();
      return new Answer<>(entry, Result.Source.STALE, Result.Reason.REFRESHING);
    }
    return new Answer<>(entry, Result.Source.LAYER, Result.Reason.HIT);
  }

  private Entry<V> entry(
      Made<V> made, SharedEntry.@Nullable Place place, long wide, int micros, boolean confirmed) {
    return entry(made, place, wide, micros, confirmed, cache.time.nanoTime());
  }

  private Entry<V> entry(
      Made<V> made,
      SharedEntry.@Nullable Place place,
      long wide,
      int micros,
      boolean confirmed,
      long now) {
    lastMicros = micros > 0 ? micros : lastMicros;
    Meta meta =
        cache
            .metas
            .of(
                MemoryTime.nanos(made.fresh()),
                MemoryTime.nanos(made.kept()),
                made.tags(),
                made.validator(),
                null)
            .aged(made.age());
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
        flight,
        made.version(),
        entry(made, null, wide, micros, true),
        Result.Source.LOADER,
        Result.Reason.MISS);
  }

  private Result<V> inMemory(
      Flight<K, V> flight,
      long version,
      Entry<V> entry,
      Result.Source source,
      Result.Reason reason) {
    boolean stored = cache.validity.isValid(flight.text, entry) && keep(flight, version, entry);
    if (!stored) {
      rejected(flight);
    }
    return new Answer<>(entry, source, stored ? reason : Result.Reason.REJECTED);
  }

  private boolean keep(Flight<K, V> flight, long version, Entry<V> entry) {
    return keep(flight.key, flight.text, flight.stripe, flight.generation, version, entry);
  }

  /** Puts into memory what is no older than what is known, and notes which version it is. */
  boolean keep(K key, String text, int stripe, long generation, long version, Entry<V> entry) {
    boolean stored =
        !cache.fences.refuses(text, version) && cache.memory.put(key, stripe, generation, entry);
    if (stored) {
      cache.fences.accepted(text, version);
    } else {
      cache.fences.refused(text);
    }
    return stored;
  }

  /** Answers with what the layer was offered. */
  @Override
  public Result<V> filled(
      Flight<K, V> flight, Made<V> made, SharedEntry.Place place, int micros, boolean accepted) {
    Entry<V> entry = entry(made, place, place.wide(), micros, true);
    if (!accepted) {
      rejected(flight);
      return new Answer<>(entry, made.from(), Result.Reason.REJECTED);
    }
    if (place.position() >= 0 && place.wide() >= 0) { // else the layer has begun anew meanwhile
      keep(flight, made.version(), entry);
    }
    boolean found = made.from() == Result.Source.LAYER;
    return new Answer<>(entry, made.from(), found ? Result.Reason.HIT : Result.Reason.MISS);
  }

  /**
   * Keeps what was loaded while the layer did not answer, for no longer than the bound. That counts
   * from when it was asked for: an invalidation of just after that was not heard of either.
   */
  @Override
  public Result<V> offline(
      Flight<K, V> flight,
      Made<V> loaded,
      SharedEntry.@Nullable Place place,
      int micros,
      long askedNanos) {
    Made<V> made = pastALayer(loaded);
    long now = cache.time.nanoTime(); // once: what passes from now on is not to be added
    Duration left = cache.policy.bound().minusNanos(now - askedNanos);
    if (!made.stored()) {
      return unstored(made, place, Result.Reason.NOT_STORED);
    }
    if (left.isNegative() || left.isZero()) {
      return unstored(made, place, Result.Reason.LAYER_DOWN);
    }
    long wide = place == null ? cache.wide.applied() : place.wide();
    return inMemory(
        flight,
        made.version(),
        entry(made.atMost(left), place, wide, micros, false, now),
        made.from(),
        Result.Reason.LAYER_DOWN);
  }

  @Override
  public Result<V> unstored(Made<V> made, SharedEntry.@Nullable Place place, Result.Reason reason) {
    Made<V> passing = made.atMost(Duration.ZERO); // nobody is to keep it
    Entry<V> entry = entry(passing, place, cache.wide.applied(), 0, true);
    return new Answer<>(entry, made.from(), reason);
  }

  @Override
  public Result<V> failed(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause) {
    return fallback.answer(flight, stale, cause);
  }

  /** What was written, as an entry; null if it is not to be stored. */
  @Nullable Entry<V> written(
      @Nullable V value, Set<String> tags, SharedEntry.@Nullable Place place, long wide) {
    Made<V> made = made(Loaded.<V>ofNullable(value).tagged(tags.toArray(String[]::new)), null);
    return made.stored() ? entry(made, place, wide, 0, true) : null;
  }
}
