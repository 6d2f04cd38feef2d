package io.stateward.sync.hub;

import io.stateward.sync.protocol.CloseCode;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may use a hub, and as whom.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Admission {

  /**
   * Come in.
   *
   * @param principal who it is; the same person has the same name every time
   */
  record Admitted(String principal) implements Admission {

    /**
     * Checks that it is somebody.
     *
     * @param principal who it is; the same person has the same name every time
     */
    public Admitted {
      Objects.requireNonNull(principal, "principal");
    }
  }

  /**
   * Stay out.
   *
   * @param code what the connection is closed with; it says whether to come back
   * @param reason a sentence for people, at most 123 bytes in UTF-8; what is longer is cut
   */
  record Denied(CloseCode code, String reason) implements Admission {

    /**
     * Checks that it says why.
     *
     * @param code what the connection is closed with; it says whether to come back
     * @param reason a sentence for people, at most 123 bytes in UTF-8; what is longer is cut
     */
    public Denied {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Returns that somebody is known.
   *
   * @param principal who it is; the same person has the same name every time
   * @return the admission
   */
  static Admission admitted(String principal) {
    return new Admitted(principal);
  }

  /**
   * Returns that the credentials are not good: {@link CloseCode#UNAUTHENTICATED}.
   *
   * @param reason a sentence for people
   * @return the refusal
   */
  static Admission denied(String reason) {
    return new Denied(CloseCode.UNAUTHENTICATED, reason);
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param admitted takes who it is
   * @param denied takes why not
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Function<? super Admitted, ? extends R> admitted,
      Function<? super Denied, ? extends R> denied) {
    return this instanceof Admitted is ? admitted.apply(is) : denied.apply((Denied) this);
  }
}
