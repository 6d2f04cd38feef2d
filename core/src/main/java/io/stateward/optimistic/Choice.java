package io.stateward.optimistic;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a conflict is decided.
 *
 * <pre>{@code
 * Choice<Card> choice = keepMine.isSelected() ? Choice.mine() : Choice.merged(edited);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of what the conflict is about
 * @since 0.1
 */
public sealed interface Choice<T> {

  /**
   * The command is executed on what the server has, and sent again.
   *
   * @param <T> the type of what the conflict is about
   */
  record Mine<T>() implements Choice<T> {}

  /**
   * The mutation is given up; what the server has stands.
   *
   * @param <T> the type of what the conflict is about
   */
  record Theirs<T>() implements Choice<T> {}

  /**
   * This value is sent instead.
   *
   * @param <T> the type of what the conflict is about
   * @param value made of both
   */
  record Merged<T>(T value) implements Choice<T> {

    /**
     * Checks the value.
     *
     * @param value made of both
     */
    public Merged {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Executes the command on what the server has, and sends it again.
   *
   * @param <T> the type of what the conflict is about
   * @return the choice
   */
  static <T> Choice<T> mine() {
    return new Mine<>();
  }

  /**
   * Gives the mutation up.
   *
   * @param <T> the type of what the conflict is about
   * @return the choice
   */
  static <T> Choice<T> theirs() {
    return new Theirs<>();
  }

  /**
   * Sends a value made of both.
   *
   * @param <T> the type of what the conflict is about
   * @param value made of both
   * @return the choice
   */
  static <T> Choice<T> merged(T value) {
    return new Merged<>(value);
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param mine called for mine
   * @param theirs called for theirs
   * @param merged takes the value
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> mine,
      Supplier<? extends R> theirs,
      Function<? super T, ? extends R> merged) {
    if (this instanceof Mine<T>) {
      return mine.get();
    }
    return this instanceof Merged<T> is ? merged.apply(is.value()) : theirs.get();
  }
}
