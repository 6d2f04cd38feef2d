package io.stateward.cache;

import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.signal.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes: the layers first, memory second, and in memory the generation first, the removal second.
 */
final class Writes<K, V> {

  private final CacheEngine<K, V> cache;

  Writes(CacheEngine<K, V> cache) {
    this.cache = cache;
  }

  Stamp invalidate(K key, long version) {
    Link link = cache.link;
    Invalidation.Key what = new Invalidation.Key(cache.textOf(key), version);
    cache.fences.raise(what.key(), version);
    try {
      if (link == null) {
        return here();
      }
      return Stages.await(cache.chain.invalidate(what));
    } finally {
      cache.memory.invalidate(key, cache.stripeOf(key));
    }
  }

  /** What is as new as it gets without a layer. */
  private Stamp here() {
    return cache.wide.stampOf(cache.wide.applied());
  }

  Stamp wide(Invalidation what) {
    Link link = cache.link;
    if (link == null) {
      cache.memory.raiseAll();
      Stamp stamp = cache.wide.append(what, cache.time.nanoTime());
      if (what instanceof Invalidation.All) {
        cache.memory.clear();
      }
      return stamp;
    }
    boolean done = false;
    try {
      Stamp stamp = Stages.await(cache.chain.invalidate(what));
      done = true;
      return stamp;
    } finally {
      if (!done || what instanceof Invalidation.All) {
        cache.memory.clear(); // if it cannot be said what is invalid, all of it is
      }
    }
  }

  <X extends Exception> Stamp intent(K key, Write<X> write) throws X {
    return through(
        key,
        () -> {
          write.run();
          return null;
        },
        null);
  }

  /** Writes through; without tags, what was written is not known and not stored. */
  <X extends Exception> Stamp through(K key, WriteThrough<V, X> write, @Nullable Set<String> tags)
      throws X {
    Link link = cache.link;
    return link == null ? local(key, write, tags) : shared(link, key, write, tags);
  }

  private <X extends Exception> Stamp local(
      K key, WriteThrough<V, X> write, @Nullable Set<String> tags) throws X {
    int stripe = cache.stripeOf(key);
    long from = cache.wide.applied();
    long before = cache.memory.invalidate(key, stripe);
    V value;
    long after;
    try {
      value = write.run();
    } finally {
      after = cache.memory.invalidate(key, stripe);
    }
    if (tags != null && after == before + 1) { // nobody else wrote meanwhile
      Entry<V> entry = cache.loads.written(value, tags, null, from);
      if (entry != null && cache.validity.isValid(cache.textOf(key), entry)) {
        cache.loads.keep(key, cache.textOf(key), stripe, after, cache.fences.of(value), entry);
      }
    }
    return here();
  }

  private <X extends Exception> Stamp shared(
      Link link, K key, WriteThrough<V, X> write, @Nullable Set<String> tags) throws X {
    String text = cache.textOf(key);
    Duration limit = cache.policy.lease();
    List<Intent> intents = Stages.await(cache.chain.begin(text, limit));
    List<@Nullable LayerEntry> entries = null;
    V value = null;
    boolean written = false;
    try {
      cache.memory.invalidate(key, cache.stripeOf(key));
      value = write.run();
      written = true;
      entries = tags == null ? null : cache.loads.encoded(key, intents, value, tags);
    } finally {
      if (!written) { // it may have been, all the same
        abandon(key, intents);
      }
    }
    Completed completed = complete(key, intents, entries);
    if (completed.stored()) {
      store(link, key, value, tags, intents.get(0), completed.stamp());
    }
    return completed.stamp();
  }

  private void abandon(K key, List<Intent> intents) {
    try {
      complete(key, intents, null);
    } catch (RuntimeException e) {
      // what the write threw is on its way; the intent ends with its time
      Probe.report(
          cache.toString(), "A write that failed could not be taken back in the layer.", e);
    }
  }

  private Completed complete(
      K key, List<Intent> intents, @Nullable List<@Nullable LayerEntry> entries) {
    String text = cache.textOf(key);
    try {
      return Stages.await(
          entries == null
              ? cache.chain.complete(text, intents)
              : cache.chain.complete(text, intents, entries));
    } finally {
      cache.memory.invalidate(key, cache.stripeOf(key));
    }
  }

  private void store(
      Link link, K key, @Nullable V value, @Nullable Set<String> tags, Intent intent, Stamp stamp) {
    int stripe = cache.stripeOf(key);
    long generation = cache.memory.generation(stripe);
    View view = link.view(stamp.bucket());
    Head head = new Head(stamp.epoch(), stamp.sequence());
    long position = view == null ? -1 : view.positionOf(head);
    long wide = link.wide.positionOf(intent.wide());
    if (view != null && position >= 0 && wide >= 0) {
      SharedEntry.Place place = new SharedEntry.Place(view, head, position, wide);
      Entry<V> entry = cache.loads.written(value, tags == null ? Set.of() : tags, place, wide);
      if (entry != null && cache.validity.isValid(cache.textOf(key), entry)) {
        cache.loads.keep(key, cache.textOf(key), stripe, generation, cache.fences.of(value), entry);
      }
    }
  }
}
