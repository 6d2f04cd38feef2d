package io.stateward.cache;

import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.codec.Codec;
import io.stateward.time.VirtualTimekeeper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link World} with two layers: a source, a far layer, a near one, a wire and any number of
 * instances, on one thread and in virtual time.
 */
final class ChainWorld {

  static final String CACHE = "words";

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final MemoryLayer near = layer();
  final MemoryLayer far = layer();
  final Map<String, String> source = new HashMap<>();
  final World.Wire wire = new World.Wire();
  int loads;
  private final List<Runnable> afterRead = new ArrayList<>();
  private final List<LayerSession> sessions = new ArrayList<>();

  ChainWorld() {
    source.put("k", "v0");
  }

  private MemoryLayer layer() {
    return MemoryLayer.of(MemoryLayerOptions.standard().buckets(2).timekeeper(time));
  }

  /** A cache, and its own ways to the layers. */
  record Instance(LayeredCache<String, String> cache, World.Link near, World.Link far) {

    @Nullable String get(String key) {
      return cache.get(key).valueOrNull();
    }
  }

  Instance instance() {
    return instance(World.POLICY, this::load);
  }

  Instance instance(Policy policy, Loader<String, String> loader) {
    World.Link near = new World.Link(this.near);
    World.Link far = new World.Link(this.far);
    LayeredCache<String, String> cache =
        LayeredCache.named(CACHE)
            .layer(near, Codec.text())
            .layer(far, Codec.text())
            .backplane(wire)
            .policy(policy)
            .executor(Runnable::run)
            .timekeeper(time)
            .buildWith(loader);
    return new Instance(cache, near, far);
  }

  /** Does something once, after the next load has read the source and before it returns. */
  void afterNextRead(Runnable action) {
    afterRead.add(action);
  }

  Loaded<String> load(Load<String, String> load) {
    loads++;
    String value = source.get(load.key());
    if (!afterRead.isEmpty()) {
      afterRead.remove(0).run();
    }
    return Loaded.ofNullable(value).tagged("tag:" + load.key());
  }

  /** A session of its own with one of the layers. */
  LayerSession session(MemoryLayer layer) {
    String form = Chain.form(Codec.text().schema(), layer == near ? 0 : 1, 2);
    LayerSession session = layer.open(CACHE, form).toCompletableFuture().join();
    sessions.add(session);
    return session;
  }

  /** What a layer has of a key. */
  @Nullable LayerEntry in(MemoryLayer layer, String key) {
    return session(layer).read(key).toCompletableFuture().join().entry();
  }

  static @Nullable String text(@Nullable LayerEntry entry) {
    byte[] value = entry == null ? null : entry.value();
    return value == null ? null : Codec.text().decode(value);
  }
}
