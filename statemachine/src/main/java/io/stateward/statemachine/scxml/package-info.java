/**
 * One idea: a chart that was drawn elsewhere runs here as it is, or is refused with the place that
 * cannot.
 *
 * <p>{@link io.stateward.statemachine.scxml.Scxml} reads a document of the W3C's "State Chart XML
 * (SCXML)" and makes a {@link io.stateward.statemachine.Machine} of it whose states are names and
 * whose events are {@link io.stateward.statemachine.scxml.ScxmlEvent}s. Conditions and values are
 * written in the language of a {@link io.stateward.statemachine.scxml.DataModel}; there are two,
 * and others can be given by {@link io.stateward.statemachine.scxml.ScxmlOptions}.
 *
 * <p>Start at {@link io.stateward.statemachine.scxml.Scxml}.
 */
@NullMarked
package io.stateward.statemachine.scxml;

import org.jspecify.annotations.NullMarked;
