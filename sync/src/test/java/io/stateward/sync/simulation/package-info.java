/**
 * One idea: hub, clients, network, disks and clocks in one thread, in an order that a seed decides,
 * with everything going wrong that may go wrong, until a rule is broken or the seeds run out.
 *
 * <p>Start at {@link io.stateward.sync.simulation.Simulation}.
 */
@NullMarked
package io.stateward.sync.simulation;

import org.jspecify.annotations.NullMarked;
