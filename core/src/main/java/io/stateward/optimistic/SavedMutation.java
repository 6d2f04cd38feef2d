package io.stateward.optimistic;

import io.stateward.codec.Tree;
import java.util.Objects;

/**
 * A mutation as it is stored.
 *
 * <p>The command is {@code {"type": name, "schema": schema, "arguments": tree}}, with {@code
 * "bytes": base64} in the place of the arguments if their codec knows no trees; or, of a batch,
 * {@code {"batch": name, "commands": [...]}}. What stands there is kept as it is, whether or not
 * this version of the application can read it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param id its id, also when it is sent again
 * @param command the command as it was made
 * @param acknowledged whether the server has it, so that it only waits in its place for one that
 *     was made earlier
 * @since 0.1
 */
public record SavedMutation(MutationId id, Tree command, boolean acknowledged) {

  /**
   * Checks the parts.
   *
   * @param id its id
   * @param command the command as it was made
   * @param acknowledged whether the server has it
   */
  public SavedMutation {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(command, "command");
  }
}
