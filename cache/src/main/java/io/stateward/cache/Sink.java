package io.stateward.cache;

import io.stateward.cache.spi.LayerEntry;
import org.jspecify.annotations.Nullable;

/** What becomes of that which a fetch found: memory and a reader have it, or the layer above. */
interface Sink<K, V, R> {

  /** It was in the layer. */
  R hit(Flight<K, V> flight, LayerEntry from, Entry<V> entry, SharedEntry.Place place);

  /** It came from behind the layer, which was offered it. */
  R filled(
      Flight<K, V> flight, Made<V> made, SharedEntry.Place place, int micros, boolean accepted);

  /** It came from behind the layer, which does not answer, and was asked for at a time. */
  R offline(
      Flight<K, V> flight,
      Made<V> made,
      SharedEntry.@Nullable Place place,
      int micros,
      long askedNanos);

  /** It came from behind the layer, and is not to be stored there. */
  R unstored(Made<V> made, SharedEntry.@Nullable Place place, Result.Reason reason);

  /** It was not there, and what is behind the layer failed. */
  R failed(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause);

  /**
   * To the layer above, which has given a lease before any of it was read. So it may store whatever
   * was not refused down here: if it was invalidated since, the lease has ended.
   */
  record Upwards<K, V>(CacheEngine<K, V> cache) implements Sink<K, V, Supply<V>> {

    @Override
    public Supply<V> hit(
        Flight<K, V> flight, LayerEntry from, Entry<V> entry, SharedEntry.Place place) {
      return new Supply.Had<>(cache.loads.remaining(from, entry), Result.Reason.HIT, 0);
    }

    @Override
    public Supply<V> filled(
        Flight<K, V> flight, Made<V> made, SharedEntry.Place place, int micros, boolean accepted) {
      if (accepted) {
        return new Supply.Had<>(made, Result.Reason.MISS, micros);
      }
      cache.loads.rejected(flight);
      return new Supply.Had<>(made.unstored(), Result.Reason.REJECTED, micros);
    }

    @Override
    public Supply<V> offline(
        Flight<K, V> flight,
        Made<V> made,
        SharedEntry.@Nullable Place place,
        int micros,
        long askedNanos) {
      Result.Reason reason = made.stored() ? Result.Reason.MISS : Result.Reason.NOT_STORED;
      return new Supply.Had<>(cache.loads.pastALayer(made), reason, micros);
    }

    @Override
    public Supply<V> unstored(
        Made<V> made, SharedEntry.@Nullable Place place, Result.Reason reason) {
      return made.stored() && reason == Result.Reason.LAYER_DOWN // nobody has refused it
          ? new Supply.Had<>(made, Result.Reason.MISS, 0)
          : new Supply.Had<>(made.unstored(), reason, 0);
    }

    @Override
    public Supply<V> failed(Flight<K, V> flight, @Nullable Entry<V> stale, Throwable cause) {
      return new Supply.Failed<>(cause, stale);
    }
  }
}
