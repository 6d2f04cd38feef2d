/**
 * One idea: what it costs to keep ten thousand states, and to look at another one of them.
 *
 * <p>Start at {@link io.stateward.benchmarks.history.HistoryWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.history;

import org.jspecify.annotations.NullMarked;
