package io.stateward.persist;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when what is kept outside the process could not be read or written. The message names the
 * file and says what to do; nothing that was acknowledged before is lost by it.
 *
 * @since 0.1
 */
public class StorageException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param cause what led to it
   */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StorageException reading(Path file, Throwable cause) {
    return new StorageException(
        "Cannot read '%s' (%s). Check that the folder exists and that this process may read it."
            .formatted(file, said(cause)),
        cause);
  }

  static StorageException writing(Path file, Throwable cause) {
    return new StorageException(
        "Cannot write '%s' (%s). What was saved before is unharmed; check free space and permissions of its folder, then try again."
            .formatted(file, said(cause)),
        cause);
  }

  static String said(Throwable cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
