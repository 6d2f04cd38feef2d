package io.stateward.cache.spi;

import io.stateward.cache.Stamp;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
 *       bucket. It leaves the intents of others alone: their writes may still be to come.
 *   <li>The epoch is new whenever numbers may have been lost: when the layer is new, flushed,
 *       restored or failed over. A number is unique within an epoch.
 *   <li>Each key has a fence: the highest version that the source is known to have of it. It is
 *       raised by an invalidation that says a version, by a fill that is accepted, and by the end
 *       of a write, stored or not; nothing lowers it. What has a lower version is refused, with
 *       whatever lease; the same version, a higher one, or none is not. It is kept for {@link
 *       #FENCED} longer than what raised it would be, whatever becomes of the entry.
 *   <li>No clock but the layer's own decides about leases and lifetimes.
 *   <li>A stage completes exceptionally only if the layer does not answer, with a {@link
 *       LayerUnavailableException}, and then the operation may or may not have been done; or if the
 *       layer forgot the form of the cache and others use it with another one by now, with an
 *       {@link UnequalFormException}.
 * </ol>
 *
 * <p>Wrong arguments, and the use of a closed session, are thrown by the call itself.
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
   * How long a fence is kept at least after an invalidation, or after the time is over of the entry
   * that raised it; unless there is no memory left. A fence that is gone is as if no versions were
   * known: what a replica of the source still has, because it lags, may be stored under a lease
   * that was taken after the invalidation. What was loaded under an earlier lease never is.
   */
  Duration FENCED = Duration.ofHours(1);

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
   * Asks for the lease on a key, which is the permission to load it. An entry that is there stays
   * there until the lease is used, so that it can be served meanwhile if the host allows it.
   *
   * @param key the key
   * @param unwanted the token of an entry that the caller has read and does not want, as it is
   *     stale, or invalid by its tags; null if it has read none. Any other entry is the answer
   * @param limit how long the lease holds unless it is used; more than zero
   * @return completes with the lease, with the entry if there is one by now, or with who is at it:
   *     an intent, else another lease
   * @throws IllegalArgumentException if the limit is not more than zero
   */
  CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit);

  /**
   * Puts a loaded entry in.
   *
   * @param key the key
   * @param lease the lease under which it was loaded
   * @param entry the entry, with the token and the numbers of the lease. The layer copies the value
   * @return completes with whether it was accepted; if not, it is stored nowhere. If the lease was
   *     the present one, it is used up in any case
   * @throws IllegalArgumentException if the token or the numbers are others
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
   * Announces a write of the source: the key is invalidated, and until the intent is completed, or
   * its time is over, nobody is given a lease on the key. Only an intent that is the only one when
   * it is announced takes the lease itself, for what it is going to write.
   *
   * @param key the key
   * @param limit how long the intent holds; more than zero
   * @return completes with the intent
   * @throws IllegalArgumentException if the limit is not more than zero
   */
  CompletionStage<Intent> begin(String key, Duration limit);

  /**
   * Ends an intent after the source was written.
   *
   * @param key the key
   * @param intent the intent
   * @param entry what was written, with the token and the numbers of the intent; null to
   *     invalidate. It is stored if the lease is still the intent's own, no other intent is
   *     outstanding, and the fence is no higher than its version
   * @return completes with the stamp, which is a new one in any case, so that other instances drop
   *     what they have, and is logged with the version of the entry; and whether the entry was
   *     stored, as of that stamp. If it was not, the key was invalidated
   * @throws IllegalArgumentException if the token or the numbers are others
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
   * @throws IllegalArgumentException if there is no such bucket, or nothing is wanted
   */
  CompletionStage<LogPage> log(int bucket, Head after, int most);

  /**
   * Returns the latest invalidation of each tag and prefix, and of everything, in the wide bucket.
   * A layer may put an old mark of a tag or a prefix into that of everything, so that there are not
   * ever more of them.
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
  Subscription onConnection(Consumer<Boolean> listener);

  /**
   * Ends the session and its leases; its intents stay until their time is over. The layer's
   * connections are the layer's. Closing again does nothing.
   */
  @Override
  void close();
}
