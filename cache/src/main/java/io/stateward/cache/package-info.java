/**
 * One idea: a value that was read before a write is never kept after it.
 *
 * <p>A {@code LayeredCache} has a layer in memory, any number of further layers behind {@link
 * io.stateward.cache.spi.CacheLayer}, and a loader at the end. A layer takes a value only from who
 * holds a lease on its key, and an invalidation takes the lease away; so a slow load cannot put
 * back what was invalidated meanwhile. Instances follow each other's invalidations by their
 * numbers, and repair what they missed.
 */
@NullMarked
package io.stateward.cache;

import org.jspecify.annotations.NullMarked;
