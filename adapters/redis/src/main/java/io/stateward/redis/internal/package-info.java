/**
 * One idea: connections that end once and for all, so that nothing is ever asked again on another.
 *
 * <p>Start at {@link io.stateward.redis.internal.Wire}.
 */
@NullMarked
package io.stateward.redis.internal;

import org.jspecify.annotations.NullMarked;
