/**
 * One idea: the states that a store has been in are values, so they can be kept and gone back to.
 *
 * <p>A {@link io.stateward.history.History} is undo and redo for those who use the application: it
 * writes the store. A {@link io.stateward.history.Timeline} is time travel for those who develop
 * it: it shows the past beside a store that goes on.
 *
 * <p>Start at {@link io.stateward.history.History}.
 */
@NullMarked
package io.stateward.history;

import org.jspecify.annotations.NullMarked;
