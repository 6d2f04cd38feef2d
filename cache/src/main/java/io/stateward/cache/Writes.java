package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.Outbox;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Writes: the layers first, memory second, and in memory the generation first, the removal second.
 * What the layer was not told of goes into the backlog first, and then memory drops it.
 *
 * <p>Nothing here blocks but who writes on his own thread, and waits for the layer around that.
 */
final class Writes<K, V> {

  private static final int AT_ONCE = 1_000;

  private final CacheEngine<K, V> cache;
  private final Backlog backlog;
  private final @Nullable Announcer announcer;
  private final List<Subscription> relays = new CopyOnWriteArrayList<>();

  Writes(CacheEngine<K, V> cache, Unsent unsent, @Nullable Announcer announcer) {
    this.cache = cache;
    this.announcer = announcer;
    this.backlog = new Backlog(cache.events, cache.time, unsent, this::sendAgain);
  }

  /** The layer may answer again. */
  void resume() {
    backlog.send();
  }

  void close() {
    relays.forEach(Subscription::close);
    backlog.close();
  }

  /** Writes whose invalidations are part of the source's transactions. */
  <T> TransactionalWrites<K, T> transactional(Outbox<T> outbox) {
    Link link = cache.link;
    if (link == null) {
      throw new IllegalStateException(
          "%s has no layer: what its memory has ends with the process that writes, and needs no outbox. Use invalidate(key, write)."
              .formatted(cache));
    }
    Subscription relay = outbox.relay(cache.name(), this::relayed);
    relays.add(relay);
    return new OutboxWrites<>(cache, outbox, relay);
  }

  private CompletionStage<Stamp> relayed(Invalidation what) {
    return cache.isClosed()
        ? CompletableFuture.failedFuture(
            new ClosedException(cache.toString(), "relaying", "Another instance relays it."))
        : cache.chain.invalidate(what).thenApply(stamp -> after(() -> done(what), stamp));
  }

  // ---- one key, or many by what they have in common

  /**
   * Invalidates a key.
   *
   * @param version which one the source has now; 0 if that is not known
   */
  CompletionStage<Stamp> invalidate(K key, long version) {
    return invalidate(key, new Invalidation.Key(cache.textOf(key), version));
  }

  CompletionStage<Stamp> invalidate(K key, Invalidation.Key what) {
    cache.fences.raise(what.key(), what.version());
    Link link = cache.link;
    int stripe = cache.stripeOf(key);
    if (link == null) {
      cache.memory.invalidate(key, stripe);
      done(what);
      return CompletableFuture.completedFuture(here());
    }
    Runnable drop = () -> cache.memory.invalidate(key, stripe);
    return settled(cache.chain.invalidate(what).thenApply(stamp -> after(drop, stamp)), what, drop);
  }

  private static <T> T after(Runnable action, T result) {
    action.run();
    return result;
  }

  CompletionStage<Stamp> wide(Invalidation what) {
    Link link = cache.link;
    if (link != null) {
      Runnable drop = () -> dropWide(what);
      return settled(
          cache.chain.invalidate(what).thenApply(stamp -> after(drop, stamp)), what, drop);
    }
    cache.memory.raiseAll();
    Stamp stamp = cache.wide.append(what, cache.time.nanoTime());
    dropWide(what);
    done(what);
    return CompletableFuture.completedFuture(stamp);
  }

  private void dropWide(Invalidation what) {
    if (what instanceof Invalidation.All) {
      cache.memory.clear();
    }
  }

  /** What is as new as it gets without a layer. */
  Stamp here() {
    return cache.wide.stampOf(cache.wide.applied());
  }

  private CompletionStage<Stamp> sendAgain(Invalidation what) {
    Link link = cache.link;
    return link == null
        ? CompletableFuture.completedFuture(here())
        : cache.chain.invalidate(what).thenApply(stamp -> after(() -> done(what), stamp));
  }

  /**
   * Ends a write here as it ended in the layer: what was not done there may wait, if the policy
   * says so.
   *
   * @param drop drops it from memory if it failed
   */
  CompletionStage<Stamp> settled(CompletionStage<Stamp> sent, Invalidation what, Runnable drop) {
    return sent.handle(
        (stamp, failure) -> {
          if (failure == null) {
            done(what);
            return stamp;
          }
          boolean waits = mayWait(failure);
          boolean wide = !(what instanceof Invalidation.Key);
          if (waits) {
            backlog.add(what);
          }
          if (waits && wide) {
            cache.memory.raiseAll(); // nobody joins what began before
          } else if (wide) {
            cache.memory.clear(); // as it cannot be said what is invalid, all of it is
          }
          drop.run();
          if (!waits) {
            throw new CompletionException(Stages.cause(failure));
          }
          return Stamp.unknown();
        });
  }

  /** Whether what the layer was not told of may wait until it answers. */
  boolean mayWait(Throwable failure) {
    return cache.policy.writes() == WritePolicy.QUEUE
        && !cache.isClosed()
        && !(Stages.cause(failure) instanceof UnequalFormException);
  }

  /** All layers know of it. */
  void done(Invalidation what) {
    Announcer host = announcer;
    if (host != null) {
      host.tell(what);
    }
  }

  // ---- several keys

  /** Invalidates keys, so many at once that there is one round trip for them. */
  CompletableFuture<Map<K, Stamp>> invalidateAll(Collection<? extends K> keys) {
    Map<K, Invalidation.Key> all = new LinkedHashMap<>();
    for (K key : keys) { // whatever is wrong with one of them, nothing was done
      all.put(Objects.requireNonNull(key, "key"), new Invalidation.Key(cache.textOf(key)));
    }
    List<Map.Entry<K, Invalidation.Key>> inOrder = List.copyOf(all.entrySet());
    Map<K, CompletableFuture<Stamp>> ends = new LinkedHashMap<>();
    return Stages.repeat(() -> some(inOrder, ends)).thenApply(done -> stamps(ends));
  }

  /** Invalidates some more; completes with whether there are others. */
  private CompletableFuture<Boolean> some(
      List<Map.Entry<K, Invalidation.Key>> all, Map<K, CompletableFuture<Stamp>> ends) {
    List<CompletableFuture<Stamp>> now = new ArrayList<>();
    for (var it : all.subList(ends.size(), Math.min(all.size(), ends.size() + AT_ONCE))) {
      now.add(invalidate(it.getKey(), it.getValue()).toCompletableFuture());
      ends.put(it.getKey(), now.get(now.size() - 1));
    }
    return CompletableFuture.allOf(now.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> ends.size() < all.size());
  }

  /** The stamps of all; throws what the first of them failed with. */
  private static <K> Map<K, Stamp> stamps(Map<K, CompletableFuture<Stamp>> ends) {
    Map<K, Stamp> stamps = new LinkedHashMap<>();
    ends.forEach((key, end) -> stamps.put(key, end.join()));
    return stamps;
  }
}
