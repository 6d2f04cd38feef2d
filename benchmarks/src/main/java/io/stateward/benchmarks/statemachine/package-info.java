/**
 * One idea: the same <em>charts</em> as {@link io.stateward.statemachine} and its peers express
 * them, driven with the same events.
 *
 * <p>There are three: a turnstile, which is flat and has a guard and an action; two towers of three
 * levels, where states are left and entered; and a radio with two regions side by side. What guards
 * ask and actions count is a {@code Gate}, so that everybody can be checked. Start at {@link
 * io.stateward.benchmarks.statemachine.MachineWorkloads}.
 */
@NullMarked
package io.stateward.benchmarks.statemachine;

import org.jspecify.annotations.NullMarked;
