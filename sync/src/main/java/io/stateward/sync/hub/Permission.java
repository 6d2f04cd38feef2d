package io.stateward.sync.hub;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Permission {

  /** It is allowed. */
  record Granted() implements Permission {}

  /**
   * It is not.
   *
   * @param code a short word for programs, such as {@code forbidden}
   * @param reason a sentence for people, who are told it
   */
  record Refused(String code, String reason) implements Permission {

    /**
     * Checks that it says why.
     *
     * @param code a short word for programs, such as {@code forbidden}
     * @param reason a sentence for people, who are told it
     */
    public Refused {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Returns that it is allowed.
   *
   * @return the permission
   */
  static Permission granted() {
    return new Granted();
  }

  /**
   * Returns that it is not allowed, with the code {@code forbidden}.
   *
   * @param reason a sentence for people, who are told it
   * @return the refusal
   */
  static Permission refused(String reason) {
    return new Refused("forbidden", reason);
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param granted called when it is allowed
   * @param refused takes why it is not
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> granted, Function<? super Refused, ? extends R> refused) {
    return this instanceof Refused is ? refused.apply(is) : granted.get();
  }
}
