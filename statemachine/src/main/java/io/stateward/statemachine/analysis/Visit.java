package io.stateward.statemachine.analysis;

import io.stateward.statemachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * A macrostep of a run: what came, and what it led to.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the data is.
 *
 * @param <S> the type of the state
 * @param by what came; null for the beginning
 * @param step what it led to
 * @since 0.1
 */
public record Visit<S>(@Nullable Stimulus by, Step<S> step) {

  /** Returns what came, and the leaves that are active afterwards. */
  @Override
  public String toString() {
    return "%s -> %s".formatted(by == null ? "begin" : by.label(), step.snapshot().leaves());
  }
}
