package io.stateward.cache;

import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms that values have in layers: an entry of a layer becomes one of memory, and back. */
final class Forms<K, V> {

  private final CacheEngine<K, V> cache;
  private final List<CacheBuilder.Shared<V>> layers;

  Forms(CacheEngine<K, V> cache, List<CacheBuilder.Shared<V>> layers) {
    this.cache = cache;
    this.layers = List.copyOf(layers);
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
              .metas
              .of(
                  freshNanos(entry),
                  MemoryTime.nanos(entry.kept()),
                  entry.tags(),
                  entry.validator(),
                  null)
              .aged(entry.age());
      return place == null
          ? new Entry<>(value, meta, cache.loads.lastMicros(), sentAtNanos, cache.wide.applied())
          : new SharedEntry<>(value, meta, cache.loads.lastMicros(), sentAtNanos, place, true);
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
    boolean twice = entry.validator() != null && all / 2 > longer; // see Loads.made
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
    Made<V> made = cache.loads.made(Loaded.ofNullable(value), null);
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

  private byte @Nullable [] bytesOf(int layer, @Nullable V value) {
    return value == null ? null : layers.get(layer).codec().encode(value);
  }
}
