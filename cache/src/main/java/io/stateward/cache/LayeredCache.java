package io.stateward.cache;

import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Outbox;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache with a layer in memory, any number of further layers that instances share, and a loader
 * at the end.
 *
 * <pre>{@code
 * LayeredCache<Long, User> users = LayeredCache.named("users")
 *     .memory(10_000)
 *     .layer(layer, Users.codec())                           // left out: in memory alone
 *     .policy(Policy.ttl(Duration.ofHours(1)).failSafe(Duration.ofHours(6)))
 *     .build(db::findUser);
 * User ada = users.get(1L).value();
 * Stamp stamp = users.invalidate(1L, () -> db.rename(1L, "Ada"));
 * users.get(1L, ReadOptions.atLeast(stamp));                 // on any instance: reads that write
 * }</pre>
 *
 * <p>What was loaded before an invalidation goes to those who had asked before it, and is stored
 * nowhere. An instance serves from memory only while it has heard within {@link Policy#bound} that
 * it missed nothing; so a read that begins later than that after an invalidation does not return
 * what was invalidated, whatever messages were lost.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Loaders run on the thread that asks,
 * unless the policy limits their time, the read is asynchronous, or it is a refresh that nobody
 * waits for; then they run on the {@linkplain CacheBuilder#executor executor}.
 *
 * <p><b>Failure.</b> A read returns a {@linkplain Result#failure() failed result} if the loader
 * fails and nothing older may be served. A {@link VirtualMachineError} that the loader throws is
 * thrown by the read. If a layer does not answer, reads go past it, to the next one or the loader;
 * those of a key share a load still, but none that began more than the {@linkplain Policy#bound
 * bound} ago once that has passed without a word from the layer. Writes do then what their
 * {@linkplain Policy#writes policy} says: they throw {@link LayerUnavailableException}, or their
 * invalidations {@linkplain WritePolicy#QUEUE wait}. A loader that asks for its own key is refused
 * with an {@link IllegalStateException}, and so is one that would wait for another loader of this
 * process that waits for it, if both do so on the threads that load. A closed cache throws {@link
 * ClosedException}.
 *
 * <p>Asynchronous writes block no thread, and end as the others do, with a stage that completes
 * exceptionally where those throw. To cancel the stage's future undoes nothing: the write goes on.
 * Wrong arguments are thrown by the call itself.
 *
 * <p><b>Cost.</b> A hit in memory reads the clock once, allocates nothing, and returns the stored
 * entry itself. What memory does not have is one round trip to a layer that has it; one that does
 * not has two more, for the lease and for the fill.
 *
 * @param <K> the type of the keys; immutable, with {@code equals} and {@code hashCode}
 * @param <V> the type of the values; they should be immutable
 * @since 0.1
 */
public interface LayeredCache<K, V> extends AutoCloseable {

  /**
   * Begins a cache.
   *
   * @param name the name: instances with the same name over the same layer are one cache
   * @return a builder
   * @throws IllegalArgumentException if the name is blank
   */
  static CacheBuilder<Object, Object> named(String name) {
    return new CacheBuilder<>(name);
  }

  /**
   * Returns the name.
   *
   * @return what it was given
   */
  String name();

  /**
   * Reads a key, through the layers and the loader as needed.
   *
   * @param key the key
   * @return what it has
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; the interrupt
   *     stays set
   */
  Result<V> get(K key);

  /**
   * Reads a key.
   *
   * @param key the key
   * @param options how new it has to be
   * @return what it has
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; the interrupt
   *     stays set
   */
  Result<V> get(K key, ReadOptions options);

  /**
   * Reads several keys, with one round trip to the layer for each 1,000 that are not in memory.
   *
   * @param keys the keys
   * @return a result for each of them, in their order; one that fails harms no other
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; the interrupt
   *     stays set
   */
  Map<K, Result<V>> getAll(Collection<? extends K> keys);

  /**
   * Reads a key without waiting. Cancelling the stage's future gives up; the load goes on while
   * anybody else wants it.
   *
   * @param key the key
   * @return completes with what it has
   */
  CompletionStage<Result<V>> getAsync(K key);

  /**
   * Reads a key without waiting.
   *
   * @param key the key
   * @param options how new it has to be
   * @return completes with what it has
   */
  CompletionStage<Result<V>> getAsync(K key, ReadOptions options);

  /**
   * Reads several keys without waiting. Cancelling the stage's future gives up all of them.
   *
   * @param keys the keys
   * @return completes with a result for each of them, in their order
   */
  CompletionStage<Map<K, Result<V>>> getAllAsync(Collection<? extends K> keys);

  /**
   * Looks at what memory has, without a layer or the loader.
   *
   * @param key the key
   * @return what could be served now, be it fresh or stale; empty if there is nothing
   */
  Optional<Result<V>> peek(K key);

  /**
   * Puts a value in that is known to be the present one of the source. It is stored unless somebody
   * else writes the key at the same time.
   *
   * @param key the key
   * @param value the value
   * @param tags what it can be invalidated by; the loader's tags are not known here
   * @return the stamp of it
   * @throws LayerUnavailableException if a layer does not answer
   */
  Stamp put(K key, V value, String... tags);

  /**
   * Puts a value in without waiting, as {@link #put} does.
   *
   * @param key the key
   * @param value the value
   * @param tags what it can be invalidated by
   * @return completes with the stamp of it
   */
  CompletionStage<Stamp> putAsync(K key, V value, String... tags);

  /**
   * Invalidates a key, after the source was written.
   *
   * @param key the key
   * @return the stamp of it
   * @throws LayerUnavailableException if a layer does not answer; then this instance has dropped
   *     the key, and others may serve it until its time is over
   */
  Stamp invalidate(K key);

  /**
   * Invalidates a key, after the source was written, and says which version it has now. What has a
   * lower one is not stored any more, though a replica of the source may have it for a while.
   *
   * @param key the key
   * @param version what the source has now, in the count of {@link CacheBuilder#versions}; 0 if
   *     that is not known
   * @return the stamp of it
   * @throws IllegalArgumentException if the version is negative
   * @throws LayerUnavailableException if a layer does not answer; then this instance has dropped
   *     the key, and others may serve it until its time is over
   */
  Stamp invalidate(K key, long version);

  /**
   * Invalidates a key without waiting, after the source was written.
   *
   * @param key the key
   * @return completes with the stamp of it
   */
  CompletionStage<Stamp> invalidateAsync(K key);

  /**
   * Invalidates a key without waiting, after the source was written, and says which version it has
   * now.
   *
   * @param key the key
   * @param version what the source has now; 0 if that is not known
   * @return completes with the stamp of it
   * @throws IllegalArgumentException if the version is negative
   */
  CompletionStage<Stamp> invalidateAsync(K key, long version);

  /**
   * Invalidates several keys, after the source was written, with one round trip to the layer for
   * each 1,000 of them.
   *
   * @param keys the keys
   * @return a stamp for each of them, in their order
   * @throws LayerUnavailableException if a layer does not answer for one of them; the others were
   *     invalidated all the same, where it did
   */
  Map<K, Stamp> invalidateAll(Collection<? extends K> keys);

  /**
   * Invalidates several keys without waiting, as {@link #invalidateAll} does.
   *
   * @param keys the keys
   * @return completes with a stamp for each of them, in their order
   */
  CompletionStage<Map<K, Stamp>> invalidateAllAsync(Collection<? extends K> keys);

  /**
   * Announces a write of the source, does it, and invalidates. While it is announced nothing that
   * is read of the key is stored, so the death of this process in between leaves nothing stale.
   *
   * @param <X> what the write throws
   * @param key the key
   * @param write writes the source, on this thread
   * @return the stamp of it
   * @throws X what the write throws; the key is invalidated all the same
   * @throws LayerUnavailableException if a layer does not answer: before the write, which is not
   *     done then, or after it
   */
  <X extends Exception> Stamp invalidate(K key, Write<X> write) throws X;

  /**
   * Announces a write of the source, does it, and invalidates, without waiting.
   *
   * @param key the key
   * @param write begins to write the source, on the {@linkplain CacheBuilder#executor executor},
   *     and returns the stage that completes when it is written
   * @return completes with the stamp of it; exceptionally with what the write failed with, and then
   *     the key is invalidated all the same
   */
  CompletionStage<Stamp> invalidateAsync(K key, Supplier<? extends CompletionStage<?>> write);

  /**
   * Announces a write of the source, does it, and stores what was written, unless somebody else
   * writes the key at the same time; then it is invalidated.
   *
   * @param <X> what the write throws
   * @param key the key
   * @param write writes the source, on this thread, and returns what it has now
   * @param tags what it can be invalidated by; the loader's tags are not known here
   * @return the stamp of it
   * @throws X what the write throws; the key is invalidated all the same
   * @throws LayerUnavailableException if a layer does not answer: before the write, which is not
   *     done then, or after it
   */
  <X extends Exception> Stamp write(K key, WriteThrough<V, X> write, String... tags) throws X;

  /**
   * Announces a write of the source, does it, and stores what was written, without waiting, as
   * {@link #write} does.
   *
   * @param key the key
   * @param write begins to write the source, on the {@linkplain CacheBuilder#executor executor},
   *     and returns the stage that completes with what it has now; with null if it has nothing any
   *     more
   * @param tags what it can be invalidated by
   * @return completes with the stamp of it; exceptionally with what the write failed with, and then
   *     the key is invalidated all the same
   */
  CompletionStage<Stamp> writeAsync(
      K key, Supplier<? extends CompletionStage<? extends @Nullable V>> write, String... tags);

  /**
   * Gives the way to write whose invalidations commit with the source's own transactions: if the
   * transaction is committed they are done sooner or later, whoever dies meanwhile; if it is not,
   * they never were.
   *
   * @param <T> what a transaction of the source is, for example a connection
   * @param outbox keeps invalidations in the source; this instance relays them from now on, like
   *     others with the same outbox
   * @return writes with that outbox, until it or the cache is closed
   * @throws IllegalStateException if there is no layer: memory ends with the process anyway
   */
  <T> TransactionalWrites<K, T> transactional(Outbox<T> outbox);

  /**
   * Invalidates whatever has a tag.
   *
   * @param tag the tag, as loaders {@linkplain Loaded#tagged give} them; not blank
   * @return the stamp of it
   * @throws IllegalArgumentException if it is blank
   * @throws LayerUnavailableException if a layer does not answer
   */
  Stamp invalidateTag(String tag);

  /**
   * Invalidates whatever has a tag, without waiting.
   *
   * @param tag the tag; not blank
   * @return completes with the stamp of it
   * @throws IllegalArgumentException if it is blank
   */
  CompletionStage<Stamp> invalidateTagAsync(String tag);

  /**
   * Invalidates whatever has a key that begins so.
   *
   * @param prefix the beginning of the {@linkplain CacheBuilder#keys text} of the keys; not empty
   * @return the stamp of it
   * @throws IllegalArgumentException if it is empty
   * @throws LayerUnavailableException if a layer does not answer
   */
  Stamp invalidatePrefix(String prefix);

  /**
   * Invalidates whatever has a key that begins so, without waiting.
   *
   * @param prefix the beginning; not empty
   * @return completes with the stamp of it
   * @throws IllegalArgumentException if it is empty
   */
  CompletionStage<Stamp> invalidatePrefixAsync(String prefix);

  /**
   * Invalidates everything.
   *
   * @return the stamp of it
   * @throws LayerUnavailableException if a layer does not answer
   */
  Stamp clear();

  /**
   * Invalidates everything, without waiting.
   *
   * @return completes with the stamp of it
   */
  CompletionStage<Stamp> clearAsync();

  /**
   * Returns what has happened in this instance, in figures. They are those of now when they are
   * read. While somebody is subscribed to them they move at the pace of the {@linkplain
   * Policy#heartbeat heartbeat}, and are as of the last beat; nothing is scheduled for them
   * otherwise.
   *
   * @return the figures; the same signal each time, which ends with the cache
   */
  Signal<CacheFigures> figures();

  /**
   * Tells a listener what happens from now on that whoever runs the cache may want to know.
   *
   * @param listener called on the {@linkplain CacheBuilder#executor executor}, with one event at a
   *     time, in order; what it throws is reported. If it is slow, 1,024 events wait, and then it
   *     is {@linkplain CacheEvent.Skipped told} how many did not
   * @return a subscription that ends when closed
   */
  Subscription onEvent(Consumer<? super CacheEvent> listener);

  /** Ends this instance, and cancels what is under way. Closing again does nothing. */
  @Override
  void close();
}
