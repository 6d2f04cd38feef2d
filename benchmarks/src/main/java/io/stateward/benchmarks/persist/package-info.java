/**
 * One idea: what it costs to bring bytes to the disk, next to the bare system calls.
 *
 * <p>Start at {@link io.stateward.benchmarks.persist.PersistWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.persist;

import org.jspecify.annotations.NullMarked;
