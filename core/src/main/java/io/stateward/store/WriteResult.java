package io.stateward.store;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write that can be refused: what became of it, as a value and never as an
 * exception.
 *
 * <pre>{@code
 * String told = records.write("prefs/7", seen.version(), bytes).fold(
 *     saved -> "saved",
 *     current -> "changed by somebody else: " + current,
 *     () -> "deleted meanwhile",
 *     reason -> "refused: " + reason,
 *     () -> "given up",
 *     cause -> "not saved: " + cause.getMessage());
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of what is written
 * @since 0.1
 */
public sealed interface WriteResult<T> {

  /**
   * The write took effect, and is as durable as the place that it was made to.
   *
   * @param <T> the type of what is written
   * @param value what is there now
   */
  record Saved<T>(T value) implements WriteResult<T> {

    /**
     * Checks the value.
     *
     * @param value what is there now
     */
    public Saved {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Nothing was written: somebody else had written since the caller read.
   *
   * @param <T> the type of what is written
   * @param current what is there instead
   */
  record Conflict<T>(T current) implements WriteResult<T> {

    /**
     * Checks the value.
     *
     * @param current what is there instead
     */
    public Conflict {
      Objects.requireNonNull(current, "current");
    }
  }

  /**
   * Nothing was written: what was to be changed is no longer there.
   *
   * @param <T> the type of what is written
   */
  record Gone<T>() implements WriteResult<T> {}

  /**
   * Nothing was written, and trying again changes nothing: a rule forbids it.
   *
   * @param <T> the type of what is written
   * @param reason which rule, as a sentence
   */
  record Rejected<T>(String reason) implements WriteResult<T> {

    /**
     * Checks the reason.
     *
     * @param reason which rule, as a sentence
     */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The write was given up before it took effect.
   *
   * @param <T> the type of what is written
   */
  record Cancelled<T>() implements WriteResult<T> {}

  /**
   * The write failed. It was not acknowledged; unless the place says otherwise it may still have
   * taken effect, so read before trying again.
   *
   * @param <T> the type of what is written
   * @param cause why
   */
  record Failed<T>(Throwable cause) implements WriteResult<T> {

    /**
     * Checks the cause.
     *
     * @param cause why
     */
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param saved takes what is there now
   * @param conflict takes what is there instead
   * @param gone called when there is nothing to change
   * @param rejected takes the reason
   * @param cancelled called when the write was given up
   * @param failed takes the cause
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Function<? super T, ? extends R> saved,
      Function<? super T, ? extends R> conflict,
      Supplier<? extends R> gone,
      Function<? super String, ? extends R> rejected,
      Supplier<? extends R> cancelled,
      Function<? super Throwable, ? extends R> failed) {
    if (this instanceof Saved<T> is) {
      return saved.apply(is.value());
    } else if (this instanceof Conflict<T> is) {
      return conflict.apply(is.current());
    } else if (this instanceof Gone<T>) {
      return gone.get();
    } else if (this instanceof Rejected<T> is) {
      return rejected.apply(is.reason());
    } else if (this instanceof Cancelled<T>) {
      return cancelled.get();
    }
    return failed.apply(((Failed<T>) this).cause());
  }

  /**
   * Returns the same answer about something made of the value.
   *
   * @param <R> the type of the new value
   * @param function makes it, of what was saved or of what is there instead
   * @return the answer
   */
  default <R> WriteResult<R> map(Function<? super T, ? extends R> function) {
    return fold(
        value -> new Saved<>(function.apply(value)),
        current -> new Conflict<>(function.apply(current)),
        Gone::new,
        Rejected::new,
        Cancelled::new,
        Failed::new);
  }

  /**
   * Tells whether the write took effect.
   *
   * @return whether this is {@link Saved}
   */
  default boolean isSaved() {
    return this instanceof Saved;
  }
}
