package io.stateward.cache;

import io.stateward.flow.Outcome;
import io.stateward.scope.Cancellation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A key that is wanted from the loader, and who is told how that ended: once. */
final class Wanted<K, V> {

  /** Is told how a load ended, and how long it took. */
  interface Ended<V> {
    void with(Outcome<Loaded<V>> outcome, int micros);
  }

  final Flight<K, V> flight;
  final @Nullable Entry<V> stale;
  final Cancellation cancellation;
  private final Ended<V> ended;
  private final AtomicBoolean over = new AtomicBoolean();

  Wanted(Flight<K, V> flight, @Nullable Entry<V> stale, Cancellation cancellation, Ended<V> ended) {
    this.flight = flight;
    this.stale = stale;
    this.cancellation = cancellation;
    this.ended = ended;
  }

  void end(Outcome<Loaded<V>> outcome, int micros) {
    if (over.compareAndSet(false, true)) {
      ended.with(outcome, micros);
    }
  }

  /** What the loader is asked. */
  Load<K, V> load(boolean preferPrimary, Cancellation token) {
    V old = stale == null ? null : stale.value;
    String validator = stale == null ? null : stale.meta.validator();
    return new Load<>(flight.key, old, validator, preferPrimary, token);
  }

  /** Checks what the loader said. */
  Loaded<V> checked(@Nullable Loaded<V> loaded, String cache) {
    if (loaded == null) {
      throw new IllegalStateException(
          "The loader of cache '%s' returned null for '%s'. Return Loaded.absent() if there is no value."
              .formatted(cache, flight.key));
    }
    if (loaded.notModified && (stale == null || stale.value == null)) {
      throw new IllegalStateException(
          "The loader of cache '%s' said that '%s' is not modified, but there was no value. Look at Load.stale() first."
              .formatted(cache, flight.key));
    }
    return loaded;
  }
}
