package io.stateward.persist;

import java.io.Serial;
import java.nio.file.Path;

/**
 * Thrown when a file has an owner already: each file belongs to one engine in one process.
 *
 * @since 0.1
 */
public final class FileInUseException extends StorageException {

  @Serial private static final long serialVersionUID = 1L;

  private FileInUseException(Path file, String owner, String advice) {
    super("'%s' is in use by %s. %s".formatted(file, owner, advice), null);
  }

  static FileInUseException here(Path file) {
    return new FileInUseException(
        file,
        "something else in this process",
        "Two owners would overwrite each other; share the one that is open, or close it first.");
  }

  static FileInUseException elsewhere(Path file, Path lock) {
    return new FileInUseException(
        file,
        "another process, which holds the lock on '%s'".formatted(lock),
        "End that process, or give each its own file.");
  }
}
