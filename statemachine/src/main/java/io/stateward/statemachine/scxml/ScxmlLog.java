package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code <log>} says: the value of an {@link io.stateward.statemachine.Effect.Emit} of the
 * name {@code log}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param label what the document calls it, or empty
 * @param value what it says, or null for nothing
 * @since 0.1
 */
public record ScxmlLog(String label, @Nullable Tree value) {

  /**
   * Checks the parts.
   *
   * @param label what the document calls it, or empty
   * @param value what it says, or null
   */
  public ScxmlLog {
    Objects.requireNonNull(label, "label");
  }
}
