package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A write that the layers were told of; or that they could not be told of, and that is made
 * nevertheless because its invalidation may wait.
 */
final class SharedWriting<K, V> implements Writing<V> {

  private final CacheEngine<K, V> cache;
  private final Writes<K, V> writes;
  private final Link link;
  private final K key;
  private final Invalidation.Key what;
  private final List<Intent> intents; // of all layers; none if they could not be told

  SharedWriting(
      CacheEngine<K, V> cache,
      Writes<K, V> writes,
      Link link,
      K key,
      Invalidation.Key what,
      List<Intent> intents) {
    this.cache = cache;
    this.writes = writes;
    this.link = link;
    this.key = key;
    this.what = what;
    this.intents = intents;
  }

  @Override
  public CompletionStage<Stamp> end(@Nullable V value, @Nullable Set<String> tags) {
    if (intents.isEmpty()) {
      return writes.invalidate(key, what);
    }
    List<@Nullable LayerEntry> entries =
        tags == null ? Chain.nothing(intents) : cache.forms.encoded(key, intents, value, tags);
    CompletionStage<Stamp> ended =
        cache
            .chain
            .complete(what.key(), intents, entries)
            .thenApply(
                completed -> {
                  cache.memory.invalidate(key, cache.stripeOf(key));
                  if (tags != null && completed.stored()) {
                    store(value, tags, intents.get(0), completed.stamp());
                  }
                  return completed.stamp();
                });
    LayerEntry entry = entries.get(0);
    return writes.settled(
        ended, versioned(entry), () -> cache.memory.invalidate(key, cache.stripeOf(key)));
  }

  private Invalidation.Key versioned(@Nullable LayerEntry entry) {
    return entry == null ? what : new Invalidation.Key(what.key(), entry.version());
  }

  @Override
  public CompletionStage<@Nullable Object> abandon() {
    CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
    Stages.onEnd(
        end(null, null),
        (stamp, failure) -> {
          if (failure != null) {
            // what the write threw is on its way; the intent ends with its time
            cache.events.emit(new CacheEvent.WriteAbandoned(what.key(), Stages.cause(failure)));
          }
          done.complete(null);
        });
    return done;
  }

  private void store(@Nullable V value, Set<String> tags, Intent announced, Stamp stamp) {
    int stripe = cache.stripeOf(key);
    long generation = cache.memory.generation(stripe);
    if (cache.unsent.covers(what.key(), tags)) { // what comes after this raises the generation
      return;
    }
    View view = link.view(stamp.bucket());
    Head head = new Head(stamp.epoch(), stamp.sequence());
    long position = view == null ? -1 : view.positionOf(head);
    long wide = link.wide.positionOf(announced.wide());
    if (view != null && position >= 0 && wide >= 0) {
      SharedEntry.Place place = new SharedEntry.Place(view, head, position, wide);
      Entry<V> entry = cache.loads.written(value, tags, place, wide);
      if (entry != null && cache.validity.isValid(what.key(), entry)) {
        cache.loads.keep(key, what.key(), stripe, generation, cache.fences.of(value), entry);
      }
    }
  }
}
