package io.stateward.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.UnequalFormException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A layer in the memory of this process, which several caches can share: what is encoded is kept
 * once, and one of them is told what another one invalidated.
 *
 * <pre>{@code
 * MemoryLayer layer = MemoryLayer.of();
 * LayerSession here = layer.open("users", "json-1").toCompletableFuture().join();
 * LayerSession there = layer.open("users", "json-1").toCompletableFuture().join();
 * Stamp stamp = here.invalidate(new Invalidation.Key("7")).toCompletableFuture().join();
 * List<Head> heads = there.heads().toCompletableFuture().join(); // they know of it
 * }</pre>
 *
 * <p>It follows the rules of {@link LayerSession} to the letter, so a host can test with it what it
 * runs with another layer.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Every stage that it returns is complete.
 *
 * <p><b>Cost.</b> One lock for each cache, held for a few map accesses. Entries that have outlived
 * their time go when they are asked for, or a few at a time while others are put in; there is no
 * thread for it.
 *
 * @since 0.1
 */
public final class MemoryLayer implements CacheLayer {

  private final MemoryLayerOptions options;
  private final MemoryTokens tokens = new MemoryTokens();
  private final Map<String, MemoryCache> caches = new ConcurrentHashMap<>();
  private final List<MemorySession> sessions = new CopyOnWriteArrayList<>();

  private MemoryLayer(MemoryLayerOptions options) {
    this.options = options;
  }

  /**
   * Returns a new layer with the standard options.
   *
   * @return the layer, with nothing in it
   */
  public static MemoryLayer of() {
    return of(MemoryLayerOptions.standard());
  }

  /**
   * Returns a new layer.
   *
   * @param options how it is made
   * @return the layer, with nothing in it
   */
  public static MemoryLayer of(MemoryLayerOptions options) {
    return new MemoryLayer(options);
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    if (cache.isBlank()) {
      throw new IllegalArgumentException("A cache has a name that is not blank.");
    }
    MemoryCache opened = caches.computeIfAbsent(cache, this::create);
    try {
      opened.step(form, (state, now) -> state.heads());
    } catch (UnequalFormException e) {
      return CompletableFuture.failedStage(e);
    }
    MemorySession[] session = new MemorySession[1];
    MemoryConnection connection =
        new MemoryConnection(opened, form, tokens, () -> sessions.remove(session[0]));
    session[0] = new MemorySession(opened, connection, tokens);
    sessions.add(session[0]);
    return CompletableFuture.completedStage(session[0]);
  }

  private MemoryCache create(String cache) {
    return new MemoryCache(cache, options, new MemoryState(options, tokens.epoch()));
  }

  /*
   * What can happen to a layer elsewhere, for tests.
   */

  /** Forgets everything, as a server does that is flushed or starts empty. */
  void flush() {
    caches.values().forEach(cache -> cache.replace(s -> new MemoryState(options, tokens.epoch())));
  }

  /** Drops an entry, as a server does that has no memory left. */
  void evict(String cache, String key) {
    MemoryCache of = caches.get(cache);
    if (of != null) {
      of.replace(
          state -> {
            state.evict(key);
            return state;
          });
    }
  }

  /** Copies everything, as a replica or a dump does. */
  Map<String, MemoryState> dump() {
    Map<String, MemoryState> dump = new HashMap<>();
    caches.forEach((name, cache) -> dump.put(name, cache.copy()));
    return dump;
  }

  /**
   * Puts everything back as it was, which no layer does, but a test that tries all that can happen.
   */
  void restore(Map<String, MemoryState> dump) {
    dump.forEach(
        (name, old) -> {
          MemoryCache cache = caches.get(name);
          if (cache != null) {
            cache.replace(state -> old.copy());
          }
        });
  }

  /** Goes on with what a replica had, or an old dump has; everybody has to connect anew. */
  void failOver(Map<String, MemoryState> dump) {
    List<MemorySession> connected = List.copyOf(sessions);
    connected.forEach(session -> session.connection().disconnect());
    long now = options.timekeeper().nanoTime();
    caches.forEach(
        (name, cache) -> {
          MemoryState old = dump.getOrDefault(name, new MemoryState(options, 0));
          cache.replace(state -> old.believed(options, tokens.epoch(), now));
        });
    connected.forEach(session -> session.connection().reconnect());
  }

  /** Does something with the connection of a session of this layer. */
  static void withConnection(LayerSession session, Consumer<MemoryConnection> work) {
    work.accept(((MemorySession) session).connection());
  }
}
