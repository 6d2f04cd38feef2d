package io.stateward.persist;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * What came of reading an envelope: the state, or why there is none.
 *
 * <pre>{@code
 * Cart first = hydration.read(text).fold(Restored::value, refused -> {
 *   log.warn(refused.problem());
 *   return Cart.empty();
 * });
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <T> the type of the state
 * @since 0.1
 */
public sealed interface HydrationResult<T> {

  /**
   * Maps whichever came of it.
   *
   * @param <R> the type of the result
   * @param restored maps the state
   * @param refused maps the reason why there is none
   * @return the result of the function that was called; exactly one of them is
   */
  <R> R fold(
      Function<? super Restored<T>, ? extends R> restored,
      Function<? super Refused<T>, ? extends R> refused);

  /**
   * Returns the state, or another.
   *
   * @param fallback makes the other of the reason
   * @return the state
   */
  default T orElseGet(Function<? super Refused<T>, ? extends T> fallback) {
    return this.<T>fold(Restored::value, fallback);
  }

  /**
   * The state is as it was written.
   *
   * @param <T> the type of the state
   * @param value the state
   * @param time when the envelope was made
   */
  record Restored<T>(T value, Instant time) implements HydrationResult<T> {
    @Override
    public <R> R fold(
        Function<? super Restored<T>, ? extends R> restored,
        Function<? super Refused<T>, ? extends R> refused) {
      return restored.apply(this);
    }
  }

  /**
   * There is no state to be had of the envelope.
   *
   * @param <T> the type of the state
   */
  sealed interface Refused<T> extends HydrationResult<T> {

    /**
     * Returns what is wrong.
     *
     * @return a sentence for logs
     */
    String problem();

    @Override
    default <R> R fold(
        Function<? super Restored<T>, ? extends R> restored,
        Function<? super Refused<T>, ? extends R> refused) {
      return refused.apply(this);
    }
  }

  /**
   * The text stops before its end.
   *
   * @param <T> the type of the state
   * @param problem what is wrong
   */
  record Truncated<T>(String problem) implements Refused<T> {}

  /**
   * The text is not what was written: its hash or its form is wrong.
   *
   * @param <T> the type of the state
   * @param problem what is wrong
   */
  record Altered<T>(String problem) implements Refused<T> {}

  /**
   * The envelope is intact and holds another state of the page.
   *
   * @param <T> the type of the state
   * @param expected the key asked for
   * @param found the key of the envelope
   */
  record WrongKey<T>(String expected, String found) implements Refused<T> {
    @Override
    public String problem() {
      return "The envelope is of the key '%s', not '%s'.".formatted(found, expected);
    }
  }

  /**
   * The envelope is intact and of another schema.
   *
   * @param <T> the type of the state
   * @param expected the codec's schema
   * @param found the schema of the envelope
   */
  record WrongSchema<T>(String expected, String found) implements Refused<T> {
    @Override
    public String problem() {
      return "The envelope is of the schema '%s', not '%s'.".formatted(found, expected);
    }
  }

  /**
   * The envelope is intact and made by another build of the program.
   *
   * @param <T> the type of the state
   * @param expected this build
   * @param found the build that made the envelope
   */
  record WrongBuild<T>(String expected, String found) implements Refused<T> {
    @Override
    public String problem() {
      return "The envelope is of the build '%s', not '%s'.".formatted(found, expected);
    }
  }

  /**
   * The envelope is intact and too old.
   *
   * @param <T> the type of the state
   * @param age how old it is
   * @param maximum how old it may be, inclusive
   */
  record Stale<T>(Duration age, Duration maximum) implements Refused<T> {
    @Override
    public String problem() {
      return "The envelope is %s old and may be %s.".formatted(age, maximum);
    }
  }
}
