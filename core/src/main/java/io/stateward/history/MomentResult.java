package io.stateward.history;

import java.util.function.Function;

/**
 * The outcome of looking for a moment in a timeline.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @since 0.1
 */
public sealed interface MomentResult<S, A> {

  /**
   * Maps whichever outcome occurred.
   *
   * @param <R> the type of the result
   * @param found maps the moment
   * @param notKept maps what is kept instead
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(
      Function<? super Found<S, A>, ? extends R> found,
      Function<? super NotKept<S, A>, ? extends R> notKept);

  /**
   * The moment is in the timeline, and what was asked for is done.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param moment the moment, as the timeline shows it now
   */
  record Found<S, A>(Moment<S, A> moment) implements MomentResult<S, A> {
    @Override
    public <R> R fold(
        Function<? super Found<S, A>, ? extends R> found,
        Function<? super NotKept<S, A>, ? extends R> notKept) {
      return found.apply(this);
    }
  }

  /**
   * The moment is not in the timeline: dropped by its bound, not made yet, or beyond an end.
   * Nothing changed.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param oldest the version that the timeline starts from
   * @param newest the version that it ends with
   */
  record NotKept<S, A>(long oldest, long newest) implements MomentResult<S, A> {
    @Override
    public <R> R fold(
        Function<? super Found<S, A>, ? extends R> found,
        Function<? super NotKept<S, A>, ? extends R> notKept) {
      return notKept.apply(this);
    }
  }
}
