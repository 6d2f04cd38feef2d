package io.stateward.statemachine.durable;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A stored instance does not fit the definition of its machine: it is of another machine, of a
 * newer version, of an older one without a migration, or of another structure.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class IncompatibleSnapshotException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String machine;
  private final int version;

  /**
   * Creates an exception.
   *
   * @param machine what the machine of the stored instance is called
   * @param version the version of its definition
   * @param problem what does not fit, and what to do, as sentences
   * @param cause what led to it, or null
   */
  public IncompatibleSnapshotException(
      String machine, int version, String problem, @Nullable Throwable cause) {
    super(
        "An instance of machine '%s', version %d, cannot be restored. %s"
            .formatted(machine, version, problem),
        cause);
    this.machine = machine;
    this.version = version;
  }

  /**
   * Returns what the machine of the stored instance is called.
   *
   * @return the name
   */
  public String machine() {
    return machine;
  }

  /**
   * Returns the version of the definition that the instance was stored by.
   *
   * @return the version
   */
  public int version() {
    return version;
  }
}
