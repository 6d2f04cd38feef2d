package io.stateward.statemachine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work that a state has invoked and that has not ended.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param state the name of the state
 * @param name unique in its state
 * @param number unique in the life of the instance
 * @param data the data of the state when the work began
 * @since 0.1
 */
public record Invocation(String state, String name, long number, @Nullable Object data) {

  /**
   * Checks the parts.
   *
   * @param state the name of the state
   * @param name unique in its state
   * @param number unique in the life of the instance
   * @param data the data of the state when the work began
   */
  public Invocation {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(name, "name");
  }
}
