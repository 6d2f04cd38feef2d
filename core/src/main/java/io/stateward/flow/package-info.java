/**
 * One idea: work under way is a value, so who comes too late, too often or twice can be ruled on.
 *
 * <p>A {@link io.stateward.flow.Call} is work that can be started and cancelled; a {@link
 * io.stateward.flow.Task} is one start of it, and its {@link io.stateward.flow.Outcome} says how it
 * ended. Rules are calls around calls: {@link io.stateward.flow.Latest} lets the newest win, {@link
 * io.stateward.flow.SingleFlight} shares one run among all who ask for the same, {@link
 * io.stateward.flow.Retry} tries again after a {@link io.stateward.flow.Backoff}. A {@link
 * io.stateward.flow.Debouncer} and a {@link io.stateward.flow.Throttle} choose when to act at all,
 * and {@link io.stateward.flow.KeyedLocks} keep apart those who change the same things.
 *
 * <p>Nothing here makes a thread: work runs on the host's executors, time is a {@link
 * io.stateward.time.Timekeeper}. Whatever runs is cancelled by the {@link
 * io.stateward.scope.Cancellation} it was started with, which is how closing a scope ends the work
 * that was started in it.
 *
 * <p>Start at {@link io.stateward.flow.Call}.
 */
@NullMarked
package io.stateward.flow;

import org.jspecify.annotations.NullMarked;
