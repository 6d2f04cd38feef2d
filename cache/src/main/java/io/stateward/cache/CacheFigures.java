package io.stateward.cache;

import java.time.Duration;

/**
 * What has happened in one instance of a cache since it was built.
 *
 * @param entries how many entries are in memory, about
 * @param memoryHits reads that were served fresh from memory
 * @param layerHits reads of the shared layer that were served
 * @param loads how often the loader was started
 * @param failedLoads how often it failed or took too long
 * @param staleServed reads that were served stale, as the policy allows
 * @param offlineLoads loads while the layer did not answer
 * @param rejectedFills loaded values that were not stored, since they were invalidated meanwhile
 * @param unreadable entries of the shared layer that could not be decoded, which are misses
 * @param invalidations invalidations that were taken in from the layer, its own included
 * @param repairs how often invalidations were missed and found in the log
 * @param flushes how often they were not to be found, and memory was flushed
 * @param confirmationAge how long ago it was confirmed for all of the cache that nothing was
 *     missed; zero without a shared layer
 * @param bound how old a confirmation may be for memory to be served
 * @since 0.1
 */
public record CacheFigures(
    long entries,
    long memoryHits,
    long layerHits,
    long loads,
    long failedLoads,
    long staleServed,
    long offlineLoads,
    long rejectedFills,
    long unreadable,
    long invalidations,
    long repairs,
    long flushes,
    Duration confirmationAge,
    Duration bound) {}
