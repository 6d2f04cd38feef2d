/**
 * One idea: where a machine stands is a record that is written before anything is done about it.
 *
 * <p>A {@link io.stateward.statemachine.durable.MachineCodec} makes JSON of snapshots, by the names
 * of states, and refuses what does not fit. {@link io.stateward.statemachine.durable.DurableActors}
 * are actors whose macrosteps are compared and set in a {@link io.stateward.persist.RecordStore}:
 * killed at any moment, they go on where they stood; what they had not done yet is done again,
 * under the same idempotency key.
 *
 * <p>Start at {@link io.stateward.statemachine.durable.DurableActors}.
 */
@NullMarked
package io.stateward.statemachine.durable;

import org.jspecify.annotations.NullMarked;
