package io.stateward.history;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of {@link History#redo}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface RedoResult<S> {

  /**
   * Maps whichever outcome occurred.
   *
   * @param <R> the type of the result
   * @param redone maps what was redone
   * @param nothing says what it means that there was nothing to redo
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(Function<? super Redone<S>, ? extends R> redone, Supplier<? extends R> nothing);

  /**
   * A step was redone.
   *
   * @param <S> the type of the state
   * @param step the name of the step; null if it has none
   * @param state the state of the store after redoing
   */
  record Redone<S>(@Nullable String step, S state) implements RedoResult<S> {
    @Override
    public <R> R fold(
        Function<? super Redone<S>, ? extends R> redone, Supplier<? extends R> nothing) {
      return redone.apply(this);
    }
  }

  /**
   * There was no step to redo, and nothing changed.
   *
   * @param <S> the type of the state
   */
  record NothingToRedo<S>() implements RedoResult<S> {
    @Override
    public <R> R fold(
        Function<? super Redone<S>, ? extends R> redone, Supplier<? extends R> nothing) {
      return nothing.get();
    }
  }
}
