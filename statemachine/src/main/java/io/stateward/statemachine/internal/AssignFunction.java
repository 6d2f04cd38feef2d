package io.stateward.statemachine.internal;

import org.jspecify.annotations.Nullable;

/**
 * Makes the next value of data from the one that is there, the data of the source, and the event.
 */
@FunctionalInterface
public interface AssignFunction {
  @Nullable Object apply(@Nullable Object current, @Nullable Object state, @Nullable Object event);
}
