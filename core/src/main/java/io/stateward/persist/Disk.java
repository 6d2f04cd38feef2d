package io.stateward.persist;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The system calls that files are kept with, and no more: a seam at which tests fail each of them.
 *
 * <p>Thread safety: safe for any number of threads; an {@link Output} is for one at a time.
 */
interface Disk {

  /** Becomes the owner of a file or folder until the claim is closed. */
  Claim claim(Path file) throws IOException;

  /** Creates a folder, for the owner alone, and those above it. */
  void createFolders(Path folder) throws IOException;

  /** Returns the files in a folder, in no order. */
  List<Path> list(Path folder) throws IOException;

  boolean exists(Path file) throws IOException;

  /** Returns how many bytes a file has. */
  long size(Path file) throws IOException;

  /** Returns the bytes of a stretch of a file; fewer if it ends before. */
  byte[] read(Path file, long offset, int length) throws IOException;

  /** Opens a new file, for the owner alone. A file of that name is deleted first. */
  Output create(Path file) throws IOException;

  /** Opens a file that exists, to write at its end. */
  Output append(Path file) throws IOException;

  /** Gives a file another name, in one step that also does away with the file that had it. */
  void replace(Path from, Path to) throws IOException;

  /** Deletes a file, if it exists. */
  void delete(Path file) throws IOException;

  /** Makes the names in a folder durable. */
  void force(Path folder) throws IOException;

  /** A file being written. */
  interface Output extends Closeable {

    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Makes what was written durable. */
    void force() throws IOException;

    /** Cuts the file; writing goes on at its new end. */
    void truncate(long size) throws IOException;
  }

  /** Ownership of a file. */
  interface Claim extends Closeable {

    /** Returns the file with links resolved, which is the name to use for it. */
    Path file();
  }
}
