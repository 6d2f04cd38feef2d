package io.stateward.flow;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended: it is done, it failed, or it was cancelled.
 *
 * <pre>{@code
 * String line = task.await().fold(
 *     user -> user.name(),
 *     failure -> "failed: " + failure.getMessage(),
 *     cancelled -> cancelled instanceof SupersededException ? "" : "given up");
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <R> the type of the result
 * @since 0.1
 */
public sealed interface Outcome<R extends @Nullable Object> {

  /**
   * The work was done.
   *
   * @param <R> the type of the result
   * @param value the result
   */
  record Done<R extends @Nullable Object>(R value) implements Outcome<R> {}

  /**
   * The work failed, or could not be started.
   *
   * @param <R> the type of the result
   * @param cause what it threw
   */
  record Failed<R extends @Nullable Object>(Throwable cause) implements Outcome<R> {

    /**
     * Checks the parts.
     *
     * @param cause what the work threw
     */
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /**
   * The work was cancelled; what it returns or throws all the same is dropped.
   *
   * @param <R> the type of the result
   * @param cause says why; a {@link SupersededException} if a newer call took its place
   */
  record Cancelled<R extends @Nullable Object>(CancellationException cause) implements Outcome<R> {

    /**
     * Checks the parts.
     *
     * @param cause says why
     */
    public Cancelled {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /**
   * Returns what one of three functions makes of the outcome.
   *
   * @param <T> the type of what they make
   * @param done takes the result
   * @param failed takes what the work threw
   * @param cancelled takes what says why it was cancelled
   * @return what the function for this outcome returned
   */
  default <T extends @Nullable Object> T fold(
      Function<? super R, ? extends T> done,
      Function<? super Throwable, ? extends T> failed,
      Function<? super CancellationException, ? extends T> cancelled) {
    if (this instanceof Done<R> it) {
      return done.apply(it.value());
    }
    if (this instanceof Failed<R> it) {
      return failed.apply(it.cause());
    }
    return cancelled.apply(((Cancelled<R>) this).cause());
  }

  /**
   * Returns the result of work that was done.
   *
   * @return the result
   * @throws CancellationException if the work was cancelled
   * @throws CompletionException if the work failed with a checked exception, which is the cause;
   *     other exceptions and errors of the work are thrown as they are
   */
  default R orThrow() {
    if (this instanceof Done<R> it) {
      return it.value();
    }
    if (this instanceof Cancelled<R> it) {
      throw it.cause();
    }
    Throwable cause = ((Failed<R>) this).cause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new CompletionException(cause);
  }

  /**
   * Returns the outcome that a completed stage stands for, as {@link
   * java.util.concurrent.CompletionStage#whenComplete} tells it.
   *
   * @param <R> the type of the result
   * @param value the value, if the failure is null
   * @param failure the exception, or null; if it wraps another one, that one counts
   * @return the outcome
   */
  static <R extends @Nullable Object> Outcome<R> of(R value, @Nullable Throwable failure) {
    return failure == null ? new Done<>(value) : ofFailure(failure);
  }

  /**
   * Returns the outcome of work that threw.
   *
   * @param <R> the type of the result
   * @param failure what it threw; if that is the wrapper of a stage, the cause counts
   * @return {@link Cancelled} for a {@link CancellationException}, else {@link Failed}
   */
  static <R extends @Nullable Object> Outcome<R> ofFailure(Throwable failure) {
    Throwable wrapped = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable cause = wrapped == null ? failure : wrapped;
    return cause instanceof CancellationException cancelled
        ? new Cancelled<>(cancelled)
        : new Failed<>(cause);
  }
}
