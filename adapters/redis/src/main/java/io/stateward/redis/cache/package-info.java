/**
 * One idea: instances of a cache share entries, leases and a numbered log of invalidations in
 * Redis.
 *
 * <p>Start at {@link io.stateward.redis.cache.RedisLayer}.
 */
@NullMarked
package io.stateward.redis.cache;

import org.jspecify.annotations.NullMarked;
