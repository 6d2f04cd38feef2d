package io.stateward.store;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is loaded: not asked for, on its way, here, or not to be had. Loading and an error
 * at once cannot be written down.
 *
 * <pre>{@code
 * String line =
 *     user.fold(
 *         () -> "",
 *         previous -> "loading...",
 *         ready -> ready.name(),
 *         failed -> failed.message());
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the value is.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public sealed interface Async<T> {

  /**
   * Nobody has asked for it.
   *
   * @param <T> the type of the value
   */
  record Idle<T>() implements Async<T> {}

  /**
   * It is on its way.
   *
   * @param <T> the type of the value
   * @param previous the value that was there before; null if none was
   */
  record Pending<T>(@Nullable T previous) implements Async<T> {}

  /**
   * It is here.
   *
   * @param <T> the type of the value
   * @param value the value
   * @param at when it came
   */
  record Ready<T>(T value, Instant at) implements Async<T> {

    /**
     * Checks the parts.
     *
     * @param value the value
     * @param at when it came
     */
    public Ready {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * It could not be had.
   *
   * @param <T> the type of the value
   * @param error what was thrown
   * @param previous the value that was there before; null if none was
   */
  record Failed<T>(Throwable error, @Nullable T previous) implements Async<T> {

    /**
     * Checks the parts.
     *
     * @param error what was thrown
     * @param previous the value that was there before, or null
     */
    public Failed {
      Objects.requireNonNull(error, "error");
    }

    /**
     * Says what went wrong.
     *
     * @return the message of the error, or the name of its type if it has none
     */
    public String message() {
      String message = error.getMessage();
      return message == null ? error.getClass().getSimpleName() : message;
    }

    /**
     * Returns the value that the work was rejected with.
     *
     * @param <R> its type
     * @param type the class of the value
     * @return the value; null if the error is not a {@link RejectedException} with one of that type
     */
    public <R> @Nullable R rejection(Class<R> type) {
      return error instanceof RejectedException rejected ? rejected.valueAs(type) : null;
    }
  }

  /**
   * Returns a value that nobody has asked for.
   *
   * @param <T> the type of the value
   * @return idle
   */
  static <T> Async<T> idle() {
    return new Idle<>();
  }

  /**
   * Returns a value that is here.
   *
   * @param <T> the type of the value
   * @param value the value
   * @param at when it came
   * @return ready
   */
  static <T> Async<T> ready(T value, Instant at) {
    return new Ready<>(value, at);
  }

  /**
   * Maps whichever it is.
   *
   * @param <R> the type of the result
   * @param idle called if nobody has asked for it
   * @param pending maps the previous value, or null, if it is on its way
   * @param ready maps the value if it is here
   * @param failed maps the failure if it could not be had
   * @return the result of the function that was called; exactly one of them is
   */
  @SuppressWarnings("NullAway") // it takes no null for a wildcard's nullable bound
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> idle,
      Function<? super @Nullable T, ? extends R> pending,
      Function<? super T, ? extends R> ready,
      Function<? super Failed<T>, ? extends R> failed) {
    if (this instanceof Idle<T>) {
      return idle.get();
    } else if (this instanceof Pending<T> it) {
      return pending.apply(it.previous());
    } else if (this instanceof Ready<T> it) {
      return ready.apply(it.value());
    }
    return failed.apply((Failed<T>) this);
  }

  /**
   * Returns this with a function applied to the value, and to the previous one.
   *
   * @param <R> the type of the new value
   * @param function a pure function
   * @return the same kind of thing about another value
   */
  default <R> Async<R> map(Function<? super T, ? extends R> function) {
    if (this instanceof Pending<T> it) {
      return new Pending<>(it.previous() == null ? null : function.apply(it.previous()));
    } else if (this instanceof Ready<T> it) {
      return new Ready<>(function.apply(it.value()), it.at());
    } else if (this instanceof Failed<T> it) {
      return new Failed<>(it.error(), it.previous() == null ? null : function.apply(it.previous()));
    }
    return new Idle<>();
  }

  /**
   * Returns the value, or the one that was there before: what to show while a new one is on its
   * way.
   *
   * @return the newest value that was ever here; null if none was
   */
  default @Nullable T valueOrPrevious() {
    if (this instanceof Pending<T> it) {
      return it.previous();
    } else if (this instanceof Ready<T> it) {
      return it.value();
    }
    return this instanceof Failed<T> it ? it.previous() : null;
  }

  /**
   * Returns the value, or another one if it is not here.
   *
   * @param other the other one
   * @return the value if this is {@link Ready}
   */
  default T orElse(T other) {
    return this instanceof Ready<T> it ? it.value() : other;
  }

  /**
   * Tells whether the value is on its way.
   *
   * @return whether this is {@link Pending}
   */
  default boolean isPending() {
    return this instanceof Pending;
  }
}
