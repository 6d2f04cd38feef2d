/**
 * One idea: a value that was read before a write is never kept after it.
 *
 * <p>A {@link io.stateward.cache.LayeredCache} has a layer in memory, any number of them behind
 * {@link io.stateward.cache.spi.CacheLayer} if instances are to share it, and a loader at the end.
 * A layer takes a value only from who holds a lease on its key, and an invalidation takes the lease
 * away; so a slow load cannot put back what was invalidated meanwhile. Instances follow each
 * other's invalidations by their numbers, and repair what they missed.
 *
 * <ul>
 *   <li>To build one: {@link io.stateward.cache.CacheBuilder}, with a {@link
 *       io.stateward.cache.Policy} for times, and for what happens when something fails.
 *   <li>Where values come from: {@link io.stateward.cache.Finder} and {@link
 *       io.stateward.cache.BulkFinder}, or {@link io.stateward.cache.Loader} and {@link
 *       io.stateward.cache.BulkLoader}, which say with {@link io.stateward.cache.Loaded} how a
 *       value is stored.
 *   <li>To read: {@link io.stateward.cache.Result} is what was found; {@link
 *       io.stateward.cache.ReadOptions} and {@link io.stateward.cache.Stamp} say how new it has to
 *       be.
 *   <li>To write: {@link io.stateward.cache.WritePolicy} says what becomes of a write while a layer
 *       does not answer; {@link io.stateward.cache.TransactionalWrites} commit with the source.
 *   <li>To watch it: {@link io.stateward.cache.CacheFigures} and {@link
 *       io.stateward.cache.CacheEvent}.
 *   <li>Layers in this process, for tests and for a start: {@link io.stateward.cache.MemoryLayer}
 *       and {@link io.stateward.cache.MemoryBackplane}. Others are made with {@link
 *       io.stateward.cache.spi}; browsers and CDNs are layers by {@link io.stateward.cache.http}.
 * </ul>
 *
 * <p>Start at {@link io.stateward.cache.LayeredCache}.
 */
@NullMarked
package io.stateward.cache;

import org.jspecify.annotations.NullMarked;
