/**
 * One idea: time is an argument, never ambient.
 *
 * <p>Whatever in Stateward waits, expires, retries or debounces asks a {@link
 * io.stateward.time.Timekeeper}: wall clock, monotonic clock and scheduler in one. A host gets the
 * real one by default; a test passes a {@link io.stateward.time.VirtualTimekeeper} and moves it by
 * hand, so nothing ever sleeps. A {@link io.stateward.time.Pacing} says when to act on events that
 * come too often, and needs no time at all to be tested.
 *
 * <p>Start at {@link io.stateward.time.Timekeeper}.
 */
@NullMarked
package io.stateward.time;

import org.jspecify.annotations.NullMarked;
