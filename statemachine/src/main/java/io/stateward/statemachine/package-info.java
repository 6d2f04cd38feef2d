/**
 * One idea: what may happen next is a value that can be read, drawn and checked before it runs.
 *
 * <p>A {@link io.stateward.statemachine.Machine} is defined once, from types: a superstate is a
 * sealed interface, a leaf is a record that holds exactly the data that exists in it, and a
 * transition names the record that it leads to and the function that makes it. {@link
 * io.stateward.statemachine.Machine#step} is a pure function from a {@link
 * io.stateward.statemachine.Snapshot} and an event to a {@link io.stateward.statemachine.Step}: the
 * next snapshot, an {@link io.stateward.statemachine.Outcome}, and {@link
 * io.stateward.statemachine.Effect}s that are released once it is committed.
 *
 * <p>Start at {@link io.stateward.statemachine.Machine}.
 */
@NullMarked
package io.stateward.statemachine;

import org.jspecify.annotations.NullMarked;
