package io.stateward.cache;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What has happened in one instance of a cache since it was built. Counts only grow, so that a rate
 * is the difference of two of them by the time between.
 *
 * <pre>{@code
 * CacheFigures figures = users.figures().get();
 * double spared = figures.hitRatio();
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable. The counts are read one after the other while others go on,
 * so they may be apart by what happens meanwhile.
 *
 * @param entries how many entries are in memory, about
 * @param memoryHits reads that were served fresh from memory
 * @param layerHits reads of each layer that were served, the one nearest to memory first; empty
 *     without a layer
 * @param joins reads that shared what another read had under way
 * @param loads how often the loader was started
 * @param loadNanos how long the loads took that have ended, together, in nanoseconds
 * @param failedLoads how often it failed or took too long
 * @param staleServed reads that were served stale, as the policy allows
 * @param offlineLoads loads while a layer did not answer
 * @param rejectedFills loaded values that were not stored, since they were invalidated meanwhile
 * @param unreadable entries of layers that could not be decoded, which are misses
 * @param invalidations invalidations that were taken in from the layers, the instance's own
 *     included
 * @param repairs how often invalidations were missed and found in the log
 * @param flushes how often they were not to be found, and memory was flushed
 * @param confirmationAge how long ago it was confirmed for all of the cache that nothing was
 *     missed; zero without a layer
 * @param bound how old a confirmation may be for memory to be served
 * @since 0.1
 */
public record CacheFigures(
    long entries,
    long memoryHits,
    List<Long> layerHits,
    long joins,
    long loads,
    long loadNanos,
    long failedLoads,
    long staleServed,
    long offlineLoads,
    long rejectedFills,
    long unreadable,
    long invalidations,
    long repairs,
    long flushes,
    Duration confirmationAge,
    Duration bound) {

  /**
   * Copies the list.
   *
   * @param entries how many entries are in memory
   * @param memoryHits reads that were served from memory
   * @param layerHits reads of each layer that were served
   * @param joins reads that shared what was under way
   * @param loads how often the loader was started
   * @param loadNanos how long the loads took
   * @param failedLoads how often it failed
   * @param staleServed reads that were served stale
   * @param offlineLoads loads while a layer did not answer
   * @param rejectedFills loaded values that were not stored
   * @param unreadable entries that could not be decoded
   * @param invalidations invalidations that were taken in
   * @param repairs how often they were found in the log
   * @param flushes how often memory was flushed
   * @param confirmationAge how long ago it was confirmed that nothing was missed
   * @param bound how old a confirmation may be
   */
  public CacheFigures {
    layerHits = List.copyOf(layerHits);
  }

  /**
   * Returns how many reads were served fresh from memory or a layer.
   *
   * @return the sum of all hits
   */
  public long hits() {
    return memoryHits + layerHits.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns which part hits are of hits and loads.
   *
   * @return from 0 to 1; 1 if there was neither
   */
  public double hitRatio() {
    long hits = hits();
    return hits + loads == 0 ? 1 : (double) hits / (hits + loads);
  }

  /**
   * Returns what has happened since earlier figures of the same cache. What is no count stays as it
   * is here.
   *
   * <pre>{@code
   * users.figures().subscribe(change -> show(change.now().since(change.was()).loads()));
   * }</pre>
   *
   * @param earlier the earlier ones
   * @return the differences
   */
  public CacheFigures since(CacheFigures earlier) {
    return new CacheFigures(
        entries,
        memoryHits - earlier.memoryHits,
        differences(layerHits, earlier.layerHits),
        joins - earlier.joins,
        loads - earlier.loads,
        loadNanos - earlier.loadNanos,
        failedLoads - earlier.failedLoads,
        staleServed - earlier.staleServed,
        offlineLoads - earlier.offlineLoads,
        rejectedFills - earlier.rejectedFills,
        unreadable - earlier.unreadable,
        invalidations - earlier.invalidations,
        repairs - earlier.repairs,
        flushes - earlier.flushes,
        confirmationAge,
        bound);
  }

  private static List<Long> differences(List<Long> now, List<Long> was) {
    if (now.size() != was.size()) {
      throw new IllegalArgumentException(
          "Figures with %d layers are not those of a cache with %d."
              .formatted(was.size(), now.size()));
    }
    return IntStream.range(0, now.size()).mapToObj(i -> now.get(i) - was.get(i)).toList();
  }
}
