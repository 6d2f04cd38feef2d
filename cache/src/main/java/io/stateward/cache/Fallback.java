package io.stateward.cache;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What readers are told of a load that failed, and for how long nobody asks the loader again. */
final class Fallback<K, V> {

  private final CacheEngine<K, V> cache;

  Fallback(CacheEngine<K, V> cache) {
    this.cache = cache;
  }

  /** Answers a failure: with what is stale if that is allowed, else with the failure. */
  Result<V> answer(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause) {
    cache.counters.failedLoads.increment();
    if (cause instanceof VirtualMachineError error) { // no result may hide it
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, false, error));
      throw error;
    }
    if (stale != null && cache.validity.isStillFresh(flight, stale)) {
      cache.events.emit(new CacheEvent.LoadFailed(flight.text, true, cause));
      return stale;
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
    if (flight.purpose == Flight.Purpose.READ) {
      cache.counters.staleServed.increment();
    }
    long pause = MemoryTime.nanos(cache.policy.failure());
    long passed = now - stale.sinceNanos;
    boolean fresh = stale.staleNanos(now) < 0; // and is a hit again when the layer answers
    if (pause > 0 && !fresh && passed < stale.meta.keptNanos()) {
      Entry<V> paused = stale.with(stale.meta.paused(passed, pause), now);
      cache.memory.put(flight.key, flight.stripe, flight.generation, paused);
    }
    return new Answer<>(stale, Result.Source.STALE, Result.Reason.LOADER_FAILED);
  }

  private Result<V> failure(Flight<K, V> flight, Throwable cause) {
    long kept = MemoryTime.nanos(cache.policy.failure());
    Meta meta = cache.metas.of(kept, kept, Set.of(), null, cause);
    Entry<V> entry = new Entry<>(null, meta, 0, cache.time.nanoTime(), cache.wide.applied());
    if (kept > 0 && flight.purpose != Flight.Purpose.BYPASS) {
      cache.memory.put(flight.key, flight.stripe, flight.generation, entry);
    }
    return new Answer<>(entry, Result.Source.LOADER, Result.Reason.LOADER_FAILED);
  }
}
