package io.stateward.cache.spi;

import io.stateward.cache.Stamp;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one cache has in a layer: entries, leases, intents, and a numbered log of invalidations.
 *
 * <p>Keys are spread over buckets, from 1 on, by {@link #bucketOf}. Each bucket numbers its
 * invalidations without gaps, and remembers the latest of them. Bucket 0 is that of invalidations
 * that concern many keys: tags, prefixes, all.
 *
 * <p>The rules, which the contract kit tests:
 *
 * <ol>
 *   <li>Each method that changes something does all of it in one atomic step, or nothing.
 *   <li>A fill is accepted only with the lease that is the present one of its key. A lease ends
 *       with an invalidation of its key, with its time, with a fill, with a release, with the
 *       connection that took it, and when the layer forgets. A token is never given twice. What is
 *       not there is refused: forgetting costs a load, and never lets an old value in.
 *   <li>An invalidation of a key removes its entry and its lease and takes the next number of its
 *       bucket.
 *   <li>The epoch is new whenever numbers may have been lost: when the layer is new, flushed,
 *       restored or failed over. A number is unique within an epoch.
 *   <li>No clock but the layer's own decides about leases and lifetimes.
 *   <li>A stage completes exceptionally only if the layer does not answer, and with a cause that
 *       says so; then the operation may or may not have been done.
 * </ol>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Stages may complete on threads of the
 * layer; who listens must not block them.
 *
 * @since 0.1
 */
public interface LayerSession extends AutoCloseable {

  /** The bucket of invalidations that concern many keys. */
  int WIDE = 0;

  /**
   * Returns how many buckets there are for keys.
   *
   * @return the number, at least 1; the same for every session of a cache
   */
  int buckets();

  /**
   * Returns the bucket of a key.
   *
   * @param key the key
   * @return from 1 to {@link #buckets()}, both inclusive; the same in every process
   */
  default int bucketOf(String key) {
    int hash = key.hashCode(); // of a string: the same everywhere
    hash ^= hash >>> 16;
    hash *= 0x7feb352d;
    hash ^= hash >>> 15;
    return 1 + Math.floorMod(hash, buckets());
  }

  /**
   * Reads an entry, and the heads of its bucket and of the wide one, as they were no later than the
   * entry.
   *
   * @param key the key
   * @return completes with what is there
   */
  CompletionStage<Reading> read(String key);

  /**
   * Reads several entries, in as few round trips as the layer can.
   *
   * @param keys the keys
   * @return completes with what is there, for each key
   */
  CompletionStage<Map<String, Reading>> readAll(List<String> keys);

  /**
   * Asks for the lease on a key that has no entry, which is the permission to load it.
   *
   * @param key the key
   * @param limit how long the lease holds unless it is used; more than zero
   * @return completes with the lease, with the entry if there is one by now, or with who is at it
   */
  CompletionStage<Acquired> acquire(String key, Duration limit);

  /**
   * Puts a loaded entry in.
   *
   * @param key the key
   * @param lease the lease under which it was loaded
   * @param entry the entry; its numbers are those of the lease
   * @return completes with whether it was accepted; if not, it is stored nowhere
   */
  CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry);

  /**
   * Gives a lease back unused.
   *
   * @param key the key
   * @param lease the lease; nothing is done if it is not the present one
   * @return completes when that is done
   */
  CompletionStage<Void> release(String key, Lease lease);

  /**
   * Invalidates, and appends to the log.
   *
   * @param invalidation what
   * @return completes with the stamp of it
   */
  CompletionStage<Stamp> invalidate(Invalidation invalidation);

  /**
   * Announces a write of the source: the entry is removed as by an invalidation, and until the
   * intent is completed, or its time is over, nobody is given a lease on the key, except this
   * intent's own if it is the only one.
   *
   * @param key the key
   * @param limit how long the intent holds; more than zero
   * @return completes with the intent
   */
  CompletionStage<Intent> begin(String key, Duration limit);

  /**
   * Ends an intent after the source was written.
   *
   * @param key the key
   * @param intent the intent
   * @param entry what was written, to be stored if nobody else wrote meanwhile; null to invalidate
   * @return completes with the stamp, and whether the entry was stored; if not, the key was
   *     invalidated once more
   */
  CompletionStage<Completed> complete(String key, Intent intent, @Nullable LayerEntry entry);

  /**
   * Returns the heads of all buckets, the wide one first.
   *
   * @return completes with one for each bucket, by number
   */
  CompletionStage<List<Head>> heads();

  /**
   * Reads the log of a bucket.
   *
   * @param bucket its number
   * @param after the last one that is known; of the present epoch
   * @param most how many are wanted; at least 1
   * @return completes with those after it, oldest first, or with the word that they are not there
   *     any more
   */
  CompletionStage<LogPage> log(int bucket, Head after, int most);

  /**
   * Returns the latest invalidation of each tag and prefix, and of everything, in the wide bucket.
   *
   * @return completes with them
   */
  CompletionStage<WideMarks> wideMarks();

  /**
   * Tells when the connection is lost, and when there is one again.
   *
   * @param listener called with true when there is a connection again, with false when it is lost;
   *     on threads of the layer
   * @return ends the telling
   */
  Subscription onConnection(java.util.function.Consumer<Boolean> listener);

  /** Ends the session. The layer's connections are the layer's. Closing again does nothing. */
  @Override
  void close();
}
