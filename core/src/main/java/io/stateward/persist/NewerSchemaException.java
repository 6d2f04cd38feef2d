package io.stateward.persist;

import java.io.Serial;

/**
 * Thrown when a file was written by a newer program than this one. It is left as it is.
 *
 * @since 0.1
 */
public final class NewerSchemaException extends StorageException {

  @Serial private static final long serialVersionUID = 1L;

  private final int found;
  private final int known;

  NewerSchemaException(String what, int found, int known) {
    super(
        "The %s is %d, and this program knows up to %d. Nothing is written, so that the newer data is not lost; run the newer program, or move the file away to start anew."
            .formatted(what, found, known),
        null);
    this.found = found;
    this.known = known;
  }

  /**
   * Returns the number in the file.
   *
   * @return the schema or format found
   */
  public int found() {
    return found;
  }

  /**
   * Returns the number that this program writes.
   *
   * @return the newest schema or format known
   */
  public int known() {
    return known;
  }
}
