/**
 * One idea: what it costs to send an action through middleware, to share a call, and to take a
 * lock.
 *
 * <p>Start at {@link io.stateward.benchmarks.flow.FlowWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.flow;

import org.jspecify.annotations.NullMarked;
