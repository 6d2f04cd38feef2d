/**
 * One idea: a <em>signal</em> is a value that changes, its version, and a way to be told.
 *
 * <p>A {@link io.stateward.signal.Signal} always has a current value. Reading it never blocks;
 * subscribing to it hands over each change as a pair of the value before and the value now, in
 * order, in the manner that a {@link io.stateward.signal.Delivery} chooses. Signals are made of
 * signals: mapped, combined, or derived by a function whose reads are tracked. A store is a signal
 * that can be written; query results, machine states and documents are signals too, which is why
 * they compose without knowing each other.
 *
 * <p>Start at {@link io.stateward.signal.Signal}. To watch the library itself at work, start at
 * {@link io.stateward.signal.Probe}.
 */
@NullMarked
package io.stateward.signal;

import org.jspecify.annotations.NullMarked;
