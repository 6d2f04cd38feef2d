package io.stateward.sync.client;

import io.stateward.codec.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change that the hub refused, kept so that nothing that somebody did is gone without a trace.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param document the document it was made in
 * @param id the number under which it was refused
 * @param change what it was to do, in the form of the kind
 * @param code a short word for programs, such as {@code conflict}
 * @param reason a sentence for people
 * @param current what stands instead, or null
 * @since 0.1
 */
public record DeadLetter(
    String document, long id, Tree change, String code, String reason, @Nullable Tree current) {

  /**
   * Checks that it says what and why.
   *
   * @param document the document it was made in
   * @param id the number under which it was refused
   * @param change what it was to do, in the form of the kind
   * @param code a short word for programs, such as {@code conflict}
   * @param reason a sentence for people
   * @param current what stands instead, or null
   */
  public DeadLetter {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reason, "reason");
  }
}
