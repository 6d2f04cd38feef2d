/**
 * One idea: what merging and serving <em>live documents</em> costs, on sessions that people
 * recorded and beside libraries that they might use instead. Start at {@link
 * io.stateward.benchmarks.sync.SyncWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.sync;

import org.jspecify.annotations.NullMarked;
