package io.stateward.statemachine.internal;

import io.stateward.statemachine.View;
import org.jspecify.annotations.Nullable;

/**
 * A condition with a name.
 *
 * @param name what it is called in diagrams, traces and refusals
 * @param test tells whether it holds
 * @param looksAround whether it reads the view; where not, it may be given null for it
 */
public record Guard(String name, Test test, boolean looksAround) {

  /** Tells whether a condition holds. */
  @FunctionalInterface
  public interface Test {

    /** Tests; {@code state} is the data of the source, {@code event} the event or null. */
    boolean test(@Nullable Object state, @Nullable Object event, View view);
  }
}
