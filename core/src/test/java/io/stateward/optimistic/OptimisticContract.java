package io.stateward.optimistic;

import io.stateward.time.VirtualTimekeeper;
import org.junit.jupiter.api.DisplayName;

/**
 * The rules that every {@link OptimisticStore} obeys. To check an implementation, extend this class
 * and return a fresh store from {@link #create}.
 *
 * @since 0.1
 */
@DisplayName("An optimistic store")
abstract class OptimisticContract implements AnswerRules, PlanRules {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();

  @Override
  public final VirtualTimekeeper time() {
    return time;
  }
}
