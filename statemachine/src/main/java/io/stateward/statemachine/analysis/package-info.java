/**
 * One idea: what a definition makes possible is found out before it runs.
 *
 * <p>{@link io.stateward.statemachine.analysis.Analysis} looks at the chart alone: states that are
 * never reached, transitions that are never taken, loops, dead ends, events that nobody answers to.
 * {@code build()} refuses what it calls an error.
 *
 * <p>Two more look at runs, which samples of events make: {@link
 * io.stateward.statemachine.analysis.ModelCheck} runs a machine in every way and checks what must
 * hold, {@link io.stateward.statemachine.analysis.TestPaths} finds paths that visit all of it, as
 * tests of whatever is to behave like it.
 *
 * <p>Start at {@link io.stateward.statemachine.analysis.Analysis}.
 */
@NullMarked
package io.stateward.statemachine.analysis;

import org.jspecify.annotations.NullMarked;
