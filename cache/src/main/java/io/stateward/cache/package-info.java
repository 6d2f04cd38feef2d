/**
 * One idea: a value that was read before a write is never kept after it.
 *
 * <p>A {@link io.stateward.cache.LayeredCache} has a layer in memory, one behind {@link
 * io.stateward.cache.spi.CacheLayer} if instances are to share it, and a loader at the end. A layer
 * takes a value only from who holds a lease on its key, and an invalidation takes the lease away;
 * so a slow load cannot put back what was invalidated meanwhile. Instances follow each other's
 * invalidations by their numbers, and repair what they missed.
 *
 * <p>Start at {@link io.stateward.cache.LayeredCache}.
 */
@NullMarked
package io.stateward.cache;

import org.jspecify.annotations.NullMarked;
