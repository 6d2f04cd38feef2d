/**
 * One idea: every form of definition becomes one chart of numbered states, and one engine runs it.
 *
 * <p>A form (typed, enumerated, or read from a document) builds a {@link
 * io.stateward.statemachine.internal.ChartSpec}, a tree of states by reference. Compiling turns it
 * into a {@link io.stateward.statemachine.internal.Chart}: states in preorder, so that what is
 * inside a state is a range of numbers, and for each leaf and kind of event the transitions that
 * may be taken, innermost first. The engine runs macrosteps on it, as the W3C's SCXML describes
 * them.
 *
 * <p>Start at {@link io.stateward.statemachine.internal.ChartSpec}.
 */
@NullMarked
package io.stateward.statemachine.internal;

import org.jspecify.annotations.NullMarked;
