/**
 * One idea: every question that is measured is a {@link io.stateward.benchmarks.Workload}, which
 * Stateward and each of its peers can do.
 *
 * <p>JMH asks one question in depth, one class per question. The scoreboard asks all of them in one
 * go and gives verdicts. Both measure the same workloads. Start at {@link
 * io.stateward.benchmarks.Workload}; the questions are in {@code store}, {@code graph}, {@code
 * collection}, {@code flow}, {@code persist} and {@code history}.
 */
@NullMarked
package io.stateward.benchmarks;

import org.jspecify.annotations.NullMarked;
