package io.stateward.history;

import java.util.function.Function;

/**
 * The outcome of {@link History#restore}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public sealed interface RestoreResult<S> {

  /**
   * Maps whichever outcome occurred.
   *
   * @param <R> the type of the result
   * @param restored maps what was taken over
   * @param diverged maps what stood in the way
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(
      Function<? super Restored<S>, ? extends R> restored,
      Function<? super Diverged<S>, ? extends R> diverged);

  /**
   * The saved steps replaced those that were there.
   *
   * @param <S> the type of the state
   * @param steps how many steps were taken over; fewer than were saved if the bounds are narrower
   */
  record Restored<S>(int steps) implements RestoreResult<S> {
    @Override
    public <R> R fold(
        Function<? super Restored<S>, ? extends R> restored,
        Function<? super Diverged<S>, ? extends R> diverged) {
      return restored.apply(this);
    }
  }

  /**
   * The store is not in the state that was present when the steps were saved; nothing changed. To
   * take over the steps, set the store to that state first.
   *
   * @param <S> the type of the state
   * @param saved the state that the steps belong to
   * @param found the state of the store
   */
  record Diverged<S>(S saved, S found) implements RestoreResult<S> {
    @Override
    public <R> R fold(
        Function<? super Restored<S>, ? extends R> restored,
        Function<? super Diverged<S>, ? extends R> diverged) {
      return diverged.apply(this);
    }
  }
}
