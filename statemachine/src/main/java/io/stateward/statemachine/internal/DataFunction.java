package io.stateward.statemachine.internal;

import io.stateward.statemachine.View;
import org.jspecify.annotations.Nullable;

/** Makes the data of a state that is entered, or changed. */
@FunctionalInterface
public interface DataFunction {

  /**
   * Makes it.
   *
   * @param state the data of the source as it was before the microstep; for the start of a region
   *     that of its parent; for the start of a machine its parameter
   * @param event the event, the result or the failure of work, or null
   * @param view what is around
   * @return the data
   */
  @Nullable Object apply(@Nullable Object state, @Nullable Object event, View view);

  /** Whether it reads the view; where not, it may be given null for it. */
  default boolean looksAround() {
    return true;
  }
}
