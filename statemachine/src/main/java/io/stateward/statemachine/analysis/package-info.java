/**
 * One idea: what a definition makes possible is found out before it runs.
 *
 * <p>{@link io.stateward.statemachine.analysis.Analysis} looks at the chart alone: states that are
 * never reached, transitions that are never taken, loops, dead ends, events that nobody answers to.
 * {@code build()} refuses what it calls an error.
 *
 * <p>Start at {@link io.stateward.statemachine.analysis.Analysis}.
 */
@NullMarked
package io.stateward.statemachine.analysis;

import org.jspecify.annotations.NullMarked;
