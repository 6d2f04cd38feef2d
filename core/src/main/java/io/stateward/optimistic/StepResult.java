package io.stateward.optimistic;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of {@link MutationHistory#undo} and {@link MutationHistory#redo}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface StepResult {

  /**
   * Maps whichever outcome occurred.
   *
   * @param <R> the type of the result
   * @param cancelled maps the step that was taken out
   * @param made maps the step for which a new mutation was made
   * @param refused maps why nothing could be done
   * @param nothing says what it means that there was no step
   * @return the result of the function that was called; exactly one of them is
   */
  <R extends @Nullable Object> R fold(
      Function<? super Cancelled, ? extends R> cancelled,
      Function<? super Made, ? extends R> made,
      Function<? super Refused, ? extends R> refused,
      Supplier<? extends R> nothing);

  /**
   * The mutation was still under way, and was cancelled. A redo is never this.
   *
   * @param step what the step is called
   * @param id the mutation that was cancelled
   */
  record Cancelled(String step, MutationId id) implements StepResult {
    @Override
    public <R extends @Nullable Object> R fold(
        Function<? super Cancelled, ? extends R> cancelled,
        Function<? super Made, ? extends R> made,
        Function<? super Refused, ? extends R> refused,
        Supplier<? extends R> nothing) {
      return cancelled.apply(this);
    }
  }

  /**
   * A new mutation is under way: the inverse of one that was settled, or one made again.
   *
   * @param step what the step is called
   * @param mutation the new mutation. Should an inverse not take effect, the step can be undone
   *     once more
   */
  record Made(String step, Mutation<?> mutation) implements StepResult {
    @Override
    public <R extends @Nullable Object> R fold(
        Function<? super Cancelled, ? extends R> cancelled,
        Function<? super Made, ? extends R> made,
        Function<? super Refused, ? extends R> refused,
        Supplier<? extends R> nothing) {
      return made.apply(this);
    }
  }

  /**
   * The step cannot be undone or redone now; nothing has happened, and it is still the next one.
   *
   * @param step what the step is called
   * @param reason says why, as a sentence
   * @param cause what a command or a lens threw, if one did
   */
  record Refused(String step, String reason, @Nullable Throwable cause) implements StepResult {
    @Override
    public <R extends @Nullable Object> R fold(
        Function<? super Cancelled, ? extends R> cancelled,
        Function<? super Made, ? extends R> made,
        Function<? super Refused, ? extends R> refused,
        Supplier<? extends R> nothing) {
      return refused.apply(this);
    }
  }

  /** There was no step, and nothing has happened. */
  record Nothing() implements StepResult {
    @Override
    public <R extends @Nullable Object> R fold(
        Function<? super Cancelled, ? extends R> cancelled,
        Function<? super Made, ? extends R> made,
        Function<? super Refused, ? extends R> refused,
        Supplier<? extends R> nothing) {
      return nothing.get();
    }
  }
}
