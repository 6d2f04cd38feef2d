/**
 * One idea: what it costs to show what is not confirmed yet, and to take it back.
 *
 * <p>Start at {@link io.stateward.benchmarks.optimistic.OptimisticWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.optimistic;

import org.jspecify.annotations.NullMarked;
