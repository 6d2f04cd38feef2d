package io.stateward.benchmarks.persist;

import io.stateward.benchmarks.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The system calls of a save, and nothing else: no header, no checksum, no other thread.
 *
 * <p>A new file is written and forced; what was there becomes the backup; the new one takes its
 * name; the folder is forced.
 */
final class SaveByHand implements Workload {

  private final Folder folder = Folder.create();
  private final Path file = folder.file("state");
  private final Path fresh = folder.file("state.tmp");
  private final Path backup = folder.file("state.bak");
  private final boolean posix =
      file.getFileSystem().supportedFileAttributeViews().contains("posix");
  private final byte[] encoded;

  SaveByHand(int size) {
    encoded = Folder.bytes(size);
  }

  @Override
  public void run() {
    try {
      save();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void save() throws IOException {
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(encoded);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    if (Files.exists(file)) {
      Files.move(file, backup, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    if (posix) { // others cannot open a folder
      try (FileChannel opened = FileChannel.open(folder.path(), StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  @Override
  public void verify() {
    try {
      for (Path saved : new Path[] {file, backup}) {
        boolean same = Arrays.equals(encoded, Files.readAllBytes(saved));
        Workload.require("Whether '%s' is the state".formatted(saved.getFileName()), true, same);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
