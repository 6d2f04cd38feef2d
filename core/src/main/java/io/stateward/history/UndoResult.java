package io.stateward.history;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of {@link History#undo}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface UndoResult<S> {

  /**
   * Maps whichever outcome occurred.
   *
   * @param <R> the type of the result
   * @param undone maps what was undone
   * @param nothing says what it means that there was nothing to undo
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(Function<? super Undone<S>, ? extends R> undone, Supplier<? extends R> nothing);

  /**
   * A step was undone.
   *
   * @param <S> the type of the state
   * @param step the name of the step; null if it has none
   * @param state the state of the store after undoing
   */
  record Undone<S>(@Nullable String step, S state) implements UndoResult<S> {
    @Override
    public <R> R fold(
        Function<? super Undone<S>, ? extends R> undone, Supplier<? extends R> nothing) {
      return undone.apply(this);
    }
  }

  /**
   * There was no step to undo, and nothing changed.
   *
   * @param <S> the type of the state
   */
  record NothingToUndo<S>() implements UndoResult<S> {
    @Override
    public <R> R fold(
        Function<? super Undone<S>, ? extends R> undone, Supplier<? extends R> nothing) {
      return nothing.get();
    }
  }
}
