/**
 * One idea: the W3C's algorithm, written down as it stands in "State Chart XML (SCXML)", 2015,
 * appendix D, with sets and lists, slowly and obviously, so that the engine has something to be
 * compared with.
 *
 * <p>Start at {@link io.stateward.statemachine.oracle.Oracle}.
 */
@NullMarked
package io.stateward.statemachine.oracle;

import org.jspecify.annotations.NullMarked;
