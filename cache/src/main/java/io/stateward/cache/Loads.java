package io.stateward.cache;

import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.Lease;
import io.stateward.flow.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes entries and answers of what the loader says, and of what layers have. */
final class Loads<K, V> implements Source<K, V>, Sink<K, V, Result<V>> {

  private final CacheEngine<K, V> cache;
  private final List<CacheBuilder.Shared<V>> layers;
  private volatile int lastMicros; // how long a load takes, about

  Loads(CacheEngine<K, V> cache, List<CacheBuilder.Shared<V>> layers) {
    this.cache = cache;
    this.layers = List.copyOf(layers);
  }

  /**
   * What is to be kept of a load, or of what a deeper layer has.
   *
   * @param from the loader, a layer, or the loader past a layer that does not answer
   * @param value the value
   * @param tags its tags
   * @param validator its validator
   * @param version which version of the source's value it is; 0 if there is none
   * @param age how long ago it was loaded
   * @param fresh how long it is fresh
   * @param kept how long it is kept
   * @param stored whether it is stored
   */
  record Made<V>(
      Result.Source from,
      @Nullable V value,
      Set<String> tags,
      @Nullable String validator,
      long version,
      Duration age,
      Duration fresh,
      Duration kept,
      boolean stored) {

    Made<V> unstored() {
      return new Made<>(from, value, tags, validator, version, age, fresh, kept, false);
    }

    Made<V> from(Result.Source other) {
      return new Made<>(other, value, tags, validator, version, age, fresh, kept, stored);
    }

    /** For no longer than a time. */
    Made<V> atMost(Duration limit) {
      Duration shorter = fresh.compareTo(limit) < 0 ? fresh : limit;
      Duration keeps = kept.compareTo(limit) < 0 ? kept : limit;
      return new Made<>(from, value, tags, validator, version, age, shorter, keeps, stored);
    }
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
    long now = cache.time.nanoTime();
    lastMicros = micros > 0 ? micros : lastMicros;
    Meta meta =
        cache
            .meta(
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
    Duration left = cache.policy.bound().minusNanos(cache.time.nanoTime() - askedNanos);
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
        entry(made.atMost(left), place, wide, micros, false),
        made.from(),
        Result.Reason.LAYER_DOWN);
  }

  @Override
  public Result<V> unstored(Made<V> made, SharedEntry.@Nullable Place place, Result.Reason reason) {
    Made<V> passing = made.atMost(Duration.ZERO); // nobody is to keep it
    Entry<V> entry = entry(passing, place, cache.wide.applied(), 0, true);
    return new Answer<>(entry, made.from(), reason);
  }

  /** Answers a failure: with what is stale if that is allowed, else with the failure. */
  @Override
  public Result<V> failed(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause) {
    cache.counters.failedLoads.increment();
    if (cause instanceof VirtualMachineError error) { // no result may hide it
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, false, error));
      throw error;
    }
    if (stale != null && cache.validity.mayCover(flight, stale)) {
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, true, cause));
      return covered(flight, stale);
    }
    if (flight.purpose == Flight.Purpose.REFRESH || flight.purpose == Flight.Purpose.EAGER) {
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, false, cause));
    }
    return failure(flight, cause);
  }

  /** Answers with what there was, and has it served for a while without asking the loader again. */
  private Result<V> covered(Flight<K, V> flight, Entry<V> stale) {
    long now = cache.time.nanoTime();
    if (stale.staleNanos(now) < 0) {
      return stale; // it was to be refreshed ahead of time
    }
    if (flight.purpose == Flight.Purpose.READ) {
      cache.counters.staleServed.increment();
    }
    long pause = MemoryTime.nanos(cache.policy.failure());
    long passed = now - stale.sinceNanos;
    if (pause > 0 && passed < stale.meta.keptNanos()) {
      Entry<V> paused = stale.with(stale.meta.paused(passed, pause), now);
      cache.memory.put(flight.key, flight.stripe, flight.generation, paused);
    }
    return new Answer<>(stale, Result.Source.STALE, Result.Reason.LOADER_FAILED);
  }

  private Result<V> failure(Flight<K, V> flight, Throwable cause) {
    long kept = MemoryTime.nanos(cache.policy.failure());
    Meta meta = cache.meta(kept, kept, Set.of(), null, cause);
    Entry<V> entry = new Entry<>(null, meta, 0, cache.time.nanoTime(), cache.wide.applied());
    if (kept > 0 && flight.purpose != Flight.Purpose.BYPASS) {
      cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    }
    return new Answer<>(entry, Result.Source.LOADER, Result.Reason.LOADER_FAILED);
  }

  /** Decodes what a layer has; null, and a miss, if that cannot be done. */
  @Nullable Entry<V> decoded(
      Flight<K, V> flight,
      int layer,
      LayerEntry entry,
      SharedEntry.@Nullable Place place,
      long sentAtNanos) {
    byte[] bytes = entry.value();
    try {
      V value = bytes == null ? null : layers.get(layer).codec().decode(bytes);
      Meta meta =
          cache
              .meta(
                  freshNanos(entry),
                  MemoryTime.nanos(entry.kept()),
                  entry.tags(),
                  entry.validator(),
                  null)
              .aged(entry.age());
      return place == null
          ? new Entry<>(value, meta, lastMicros, sentAtNanos, cache.wide.applied())
          : new SharedEntry<>(value, meta, lastMicros, sentAtNanos, place, true);
    } catch (Throwable t) { // foreign code
      cache.counters.unreadable.increment();
      cache.events.emit(new CacheEvent.Unreadable(layer, flight.text, t));
      return null;
    }
  }

  /**
   * How long an entry of a layer is fresh; if it is not, minus how long it was not. That the layer
   * does not say; but it was kept for as long as what is fresh for some time is, by the policy.
   */
  private long freshNanos(LayerEntry entry) {
    long fresh = MemoryTime.nanos(entry.fresh());
    if (fresh > 0) {
      return fresh;
    }
    long age = MemoryTime.nanos(entry.age());
    long all = age + MemoryTime.nanos(entry.kept());
    long longer = MemoryTime.nanos(cache.policy.kept(Duration.ZERO));
    boolean twice = entry.validator() != null && all / 2 > longer; // see made
    return Math.min(0, (twice ? all / 2 : all - longer) - age);
  }

  /** Encodes what was loaded; null if that cannot be done. */
  @Nullable LayerEntry encoded(Flight<K, V> flight, int layer, Lease lease, Made<V> made) {
    byte[] bytes;
    try {
      bytes = bytesOf(layer, made.value());
    } catch (Throwable t) { // foreign code
      cache.events.emit(new CacheEvent.Unstorable(flight.text, t));
      return null;
    }
    return lease
        .entry(bytes, made.tags(), made.validator(), made.fresh(), made.kept())
        .withVersion(made.version())
        .withAge(made.age());
  }

  /** Encodes what was written, for each layer; null if that cannot be done, or it is not stored. */
  List<@Nullable LayerEntry> encoded(
      K key, List<Intent> intents, @Nullable V value, Set<String> tags) {
    Made<V> made = made(Loaded.ofNullable(value), null);
    List<@Nullable LayerEntry> entries = new ArrayList<>();
    for (Intent intent : intents) {
      int layer = entries.size();
      entries.add(made.stored() ? encoded(key, layer, intent, made, tags) : null);
    }
    return entries;
  }

  private @Nullable LayerEntry encoded(
      K key, int layer, Intent intent, Made<V> made, Set<String> tags) {
    try {
      byte[] bytes = bytesOf(layer, made.value());
      return intent.entry(bytes, tags, null, made.fresh(), made.kept()).withVersion(made.version());
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

  private byte @Nullable [] bytesOf(int layer, @Nullable V value) {
    return value == null ? null : layers.get(layer).codec().encode(value);
  }
}
