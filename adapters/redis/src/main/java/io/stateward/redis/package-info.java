/**
 * One idea: a Redis or Valkey that an application has told the address of once.
 *
 * <p>{@link io.stateward.redis.Redis} is that: one server, one behind sentinels, or a cluster. What
 * is kept there is in a package for each module that is served: {@link io.stateward.redis.cache}.
 *
 * <p>Start at {@link io.stateward.redis.Redis}.
 */
@NullMarked
package io.stateward.redis;

import org.jspecify.annotations.NullMarked;
