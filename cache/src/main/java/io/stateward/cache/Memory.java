package io.stateward.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The layer in memory: Caffeine for size and expiry, and beside it what its contract leaves open.
 *
 * <p>Caffeine does not say what an invalidation does to a load that is under way: "invalidate" has
 * undefined behaviour for an entry that is being loaded, a refresh may put in what was read before.
 * So loads are not its business here. Each key has a stripe, each stripe a generation. An
 * invalidation raises the generation first and removes second; a load notes the generation before
 * it reads, and puts in only under the key's lock ("compute") and only if the generation is the
 * same. So it either finds the generation raised, or what it put in is there to be removed.
 *
 * <p>Caffeine reads the clock at each hit to expire. It is given one that stands still for up to 10
 * ms, as whoever hits reads the time to see whether the entry is fresh, and that is exact.
 *
 * <p>To record a hit for the order of eviction, and to work off what is recorded, takes Caffeine
 * about as long as to find the entry. While there is room for all, so that nothing has been evicted
 * for a minute, one hit in sixteen is recorded: the order is of no use then, and a sample by chance
 * has it right roughly when it is needed.
 */
final class Memory<K, V> {

  private static final int STRIPES = 4096;
  private static final long COARSE_NANOS = 10_000_000;
  private static final long SCARCE_NANOS = 60_000_000_000L;

  private final Cache<K, Entry<V>> cache;
  private final AtomicLongArray generations = new AtomicLongArray(STRIPES);
  private final AtomicLong wideGeneration = new AtomicLong();
  private final Policy<K, Entry<V>> unrecorded;
  private volatile long nanos;
  private volatile long evictedAtNanos; // for want of room; by the same clock

  Memory(long maxEntries, long nowNanos) {
    nanos = nowNanos;
    evictedAtNanos = nowNanos - SCARCE_NANOS;
    Ticker ticker = () -> nanos;
    cache =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .executor(Runnable::run) // its upkeep is short, and there are no hidden threads
            .ticker(ticker)
            .<K, Entry<V>>evictionListener((key, entry, cause) -> evicted(cause))
            .expireAfter(Expiry.<K, Entry<V>>writing((key, entry) -> kept(entry)))
            .build();
    unrecorded = cache.policy();
  }

  private static java.time.Duration kept(Entry<?> entry) {
    return java.time.Duration.ofNanos(entry.meta.keptNanos());
  }

  /** Finds an entry that is kept still. */
  @Nullable Entry<V> find(K key, long nowNanos) {
    tick(nowNanos);
    Objects.requireNonNull(key, "key");
    Entry<V> entry =
        isRecorded(nowNanos) ? cache.getIfPresent(key) : unrecorded.getIfPresentQuietly(key);
    return entry == null || nowNanos - entry.sinceNanos >= entry.meta.keptNanos() ? null : entry;
  }

  private void tick(long nowNanos) {
    if (nowNanos - nanos > COARSE_NANOS) {
      nanos = nowNanos;
    }
  }

  /** By chance one in sixteen, however coarse the steps of the clock are; all if room is scarce. */
  private boolean isRecorded(long nowNanos) {
    boolean sampled = (nowNanos * 0x9e3779b97f4a7c15L) >>> 60 == 0;
    return sampled || nowNanos - evictedAtNanos < SCARCE_NANOS;
  }

  private void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      evictedAtNanos = nanos;
    }
  }

  static int stripeOf(int hash) {
    int spread = hash * 0x9e3779b9;
    return (spread ^ spread >>> 16) & STRIPES - 1;
  }

  /** What a load has to find again to put in what it read. */
  long generation(int stripe) {
    return generations.get(stripe);
  }

  /**
   * What a load under way has to have started at to be joined: each number grows only, so the sum
   * is the same only if nothing was invalidated between.
   */
  long joinGeneration(int stripe) {
    return wideGeneration.get() + generations.get(stripe);
  }

  /** Puts an entry in if nothing was invalidated since a generation. */
  boolean put(K key, int stripe, long generation, Entry<V> entry) {
    tick(entry.sinceNanos); // or its time would begin when somebody read last, before a long load
    return cache
            .asMap()
            .compute(key, (k, old) -> generations.get(stripe) == generation ? entry : old)
        == entry;
  }

  void raise(int stripe) {
    generations.incrementAndGet(stripe);
  }

  void raiseAll() {
    wideGeneration.incrementAndGet();
  }

  /** Invalidates a key here. Returns the generation after that. */
  long invalidate(K key, int stripe) {
    long generation = generations.incrementAndGet(stripe);
    cache.invalidate(key);
    return generation;
  }

  /** Removes what turned out to be invalid, if it is there still. */
  void drop(K key, Entry<V> entry) {
    cache.asMap().remove(key, entry);
  }

  void clear() {
    raiseAll();
    cache.invalidateAll();
  }

  long size() {
    return cache.estimatedSize();
  }
}
