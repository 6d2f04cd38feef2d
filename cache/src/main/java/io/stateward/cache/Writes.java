package io.stateward.cache;

import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes: the shared layer first, memory second, and in memory the generation first, the removal
 * second.
 */
final class Writes<K, V> {

  private final CacheEngine<K, V> cache;

  Writes(CacheEngine<K, V> cache) {
    this.cache = cache;
  }

  Stamp invalidate(K key) {
    Link link = cache.link;
    try {
      if (link == null) {
        return here();
      }
      Invalidation.Key what = new Invalidation.Key(cache.textOf(key));
      Stamp stamp =
          Stages.await(link.<Stamp>ask("invalidate", session -> session.invalidate(what)));
      return heard(link, stamp, what);
    } finally {
      cache.memory.invalidate(key, cache.stripeOf(key));
    }
  }

  /** What is as new as it gets without a layer. */
  private Stamp here() {
    return cache.wide.stampOf(cache.wide.applied());
  }

  /** Takes in an invalidation of this instance, and tells others. */
  private Stamp heard(Link link, Stamp stamp, Invalidation what) {
    View view = link.view(stamp.bucket());
    if (view != null) {
      link.take(view, new Head(stamp.epoch(), stamp.sequence()), what);
    }
    link.tell(stamp, what);
    return stamp;
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
      Stamp stamp =
          Stages.await(link.<Stamp>ask("invalidate", session -> session.invalidate(what)));
      heard(link, stamp, what);
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
        cache.memory.put(key, stripe, after, entry);
      }
    }
    return here();
  }

  private <X extends Exception> Stamp shared(
      Link link, K key, WriteThrough<V, X> write, @Nullable Set<String> tags) throws X {
    String text = cache.textOf(key);
    Duration limit = cache.policy.lease();
    Invalidation.Key what = new Invalidation.Key(text);
    Intent intent = Stages.await(link.<Intent>ask("begin", it -> it.begin(text, limit)));
    LayerEntry entry = null;
    V value = null;
    boolean written = false;
    try {
      heard(link, intent.stamp(), what);
      cache.memory.invalidate(key, cache.stripeOf(key));
      value = write.run();
      written = true;
      entry = tags == null ? null : cache.loads.encoded(key, intent, value, tags);
    } finally {
      if (!written) { // it may have been, all the same
        abandon(link, key, intent);
      }
    }
    Completed completed = complete(link, key, intent, entry);
    if (entry != null && completed.stored()) {
      store(link, key, value, tags, intent, completed.stamp());
    }
    return completed.stamp();
  }

  private void abandon(Link link, K key, Intent intent) {
    try {
      complete(link, key, intent, null);
    } catch (RuntimeException e) {
      // what the write threw is on its way; the intent ends with its time
      cache.events.emit(new CacheEvent.WriteAbandoned(cache.textOf(key), e));
    }
  }

  private Completed complete(Link link, K key, Intent intent, @Nullable LayerEntry entry) {
    String text = cache.textOf(key);
    try {
      Completed completed =
          Stages.await(
              link.<Completed>ask("complete", session -> session.complete(text, intent, entry)));
      heard(link, completed.stamp(), new Invalidation.Key(text));
      return completed;
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
        cache.memory.put(key, stripe, generation, entry);
      }
    }
  }
}
