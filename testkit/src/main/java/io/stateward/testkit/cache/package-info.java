/**
 * One idea: a test makes what a cache relies on fail, exactly or by chance, and asks whether
 * anybody was served what is stale.
 *
 * <p>A {@link io.stateward.testkit.cache.FaultyLayer} is an instance's way to a layer, a {@link
 * io.stateward.testkit.cache.FaultyBackplane} its way to a backplane; both drop, duplicate, delay
 * and hold what passes, and can be disconnected. Without faults they are what they wrap.
 *
 * <p>Start at {@link io.stateward.testkit.cache.FaultyLayer}. It needs the module of the cache,
 * which is an optional dependency of the testkit.
 */
@NullMarked
package io.stateward.testkit.cache;

import org.jspecify.annotations.NullMarked;
