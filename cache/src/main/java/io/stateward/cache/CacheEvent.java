package io.stateward.cache;

import java.time.Duration;

/**
 * What whoever runs a cache wants to be told of; how often things happen, {@link CacheFigures}
 * says.
 *
 * <pre>{@code
 * Subscription watching = users.onEvent(event -> {
 *   if (event instanceof CacheEvent.LayerLost lost) {
 *     alarm.raise("the cache works without its layer", lost.cause());
 *   }
 * });
 * }</pre>
 *
 * <p>Each event is a message of the log as well: a warning where something does not work, otherwise
 * information, or for debugging where it is a matter of course. Keys may be personal data: they are
 * in events, but in the log only if it is set to debugging.
 *
 * <p>Layers are numbered from memory: 0 is the one that is asked first, and whose invalidations
 * memory follows. More kinds of events may come with later versions.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface CacheEvent {

  /**
   * A layer does not answer. Reads go past it. If it is layer 0, memory is served for no longer
   * than the bound; with a deeper one, memory goes on.
   *
   * @param layer which layer
   * @param cause what it failed with first
   * @param bound how long memory is served at most if it is layer 0
   */
  record LayerLost(int layer, Throwable cause, Duration bound) implements CacheEvent {}

  /**
   * A layer answers again.
   *
   * @param layer which layer
   * @param after how long it did not
   */
  record LayerBack(int layer, Duration after) implements CacheEvent {}

  /**
   * A layer is not used, since others use it with another codec.
   *
   * @param layer which layer
   * @param cause says which
   */
  record FormRefused(int layer, Throwable cause) implements CacheEvent {}

  /**
   * Invalidations were missed, and found in the log of the layer.
   *
   * @param layer which layer
   * @param bucket which part of it; 0 is that of what concerns all of it
   * @param count how many there were
   */
  record Repaired(int layer, int bucket, int count) implements CacheEvent {}

  /**
   * Invalidations may have been missed that the log has no more: the layer was flushed or replaced,
   * or the instance was away for long. If it is layer 0, all that memory has of that part is taken
   * to be invalid; a deeper one is none that memory follows, and is itself followed anew.
   *
   * @param layer which layer
   * @param bucket which part of it; 0 is that of what concerns all of it, and then it is all
   */
  record Flushed(int layer, int bucket) implements CacheEvent {}

  /**
   * What was loaded was not stored, since it was invalidated meanwhile. That is how it should be;
   * if it is often, a key is written as fast as it is read.
   *
   * @param key the key as text
   */
  record FillRejected(String key) implements CacheEvent {}

  /**
   * What a layer has of a key could not be decoded; it is loaded anew.
   *
   * @param layer which layer
   * @param key the key as text
   * @param cause what the codec threw
   */
  record Unreadable(int layer, String key, Throwable cause) implements CacheEvent {}

  /**
   * What was loaded or written could not be encoded; it is stored nowhere.
   *
   * @param key the key as text
   * @param cause what the codec threw
   */
  record Unstorable(String key, Throwable cause) implements CacheEvent {}

  /**
   * A load failed of which no reader hears, since what is stale was served, or since it was a
   * refresh.
   *
   * @param key the key as text
   * @param staleServed whether what is stale was served instead
   * @param cause what the loader threw
   */
  record LoadFailed(String key, boolean staleServed, Throwable cause) implements CacheEvent {}

  /**
   * A write of the source threw, and that could not be said in a layer: nothing is stored of the
   * key until the time of the write is over.
   *
   * @param key the key as text
   * @param cause why it could not be said
   */
  record WriteAbandoned(String key, Throwable cause) implements CacheEvent {}

  /**
   * An invalidation waits, since a layer does not answer.
   *
   * @param waiting how many wait with it
   */
  record WriteQueued(int waiting) implements CacheEvent {}

  /**
   * Invalidations that waited were done.
   *
   * @param count how many
   * @param after how long the first of them waited
   */
  record QueueSent(int count, Duration after) implements CacheEvent {}

  /**
   * So many invalidations wait that they became one of everything.
   *
   * @param most how many may wait
   */
  record QueueOverflowed(int most) implements CacheEvent {}

  /**
   * The cache is closed before its layers were told of all that waits. Others may serve what it
   * concerns until its time is over.
   *
   * @param count how many wait
   */
  record QueueLost(int count) implements CacheEvent {}

  /**
   * The backplane threw; other instances hear of an invalidation with their next heartbeat.
   *
   * @param cause what it threw
   */
  record BackplaneFailed(Throwable cause) implements CacheEvent {}

  /**
   * Listeners were so slow that some events were not kept for them; they are in the log.
   *
   * @param count how many
   */
  record Skipped(long count) implements CacheEvent {}
}
