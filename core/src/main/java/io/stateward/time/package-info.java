/**
 * One idea: time is an argument.
 *
 * <p>Start at {@link io.stateward.time.Timekeeper}.
 */
@NullMarked
package io.stateward.time;

import org.jspecify.annotations.NullMarked;
