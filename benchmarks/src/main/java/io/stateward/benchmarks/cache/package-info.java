/**
 * One idea: what a cache costs when it has the value, and what it has after others have written.
 *
 * <p>Start at {@link io.stateward.benchmarks.cache.CacheWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
