/**
 * One idea: what is to behave like a machine is driven along the machine's own paths.
 *
 * <p>{@link io.stateward.statemachine.analysis.TestPaths} makes paths that visit all states, all
 * transitions or all pairs of them; {@link io.stateward.testkit.statemachine.PathTests} makes a
 * dynamic test of JUnit of each, which drives a {@link
 * io.stateward.testkit.statemachine.SystemUnderTest} and compares it with the machine step by step.
 *
 * <p>Start at {@link io.stateward.testkit.statemachine.PathTests}. It needs the module of machines
 * and JUnit Jupiter 5 or later, which are optional dependencies of the testkit.
 */
@NullMarked
package io.stateward.testkit.statemachine;

import org.jspecify.annotations.NullMarked;
