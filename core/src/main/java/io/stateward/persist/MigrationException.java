package io.stateward.persist;

import java.io.Serial;

/**
 * Thrown when a stored state could not be brought to the current schema. What is stored is kept.
 *
 * @since 0.1
 */
public final class MigrationException extends StorageException {

  @Serial private static final long serialVersionUID = 1L;

  private final int from;

  MigrationException(int from, String problem) {
    super(message(from, problem), null);
    this.from = from;
  }

  MigrationException(int from, Throwable cause) {
    super(message(from, "it threw " + StorageException.said(cause)), cause);
    this.from = from;
  }

  private static String message(int from, String problem) {
    return "The migration from schema %d to %d failed: %s.".formatted(from, from + 1, problem);
  }

  /**
   * Returns the schema that the failed step starts from.
   *
   * @return its number
   */
  public int from() {
    return from;
  }
}
