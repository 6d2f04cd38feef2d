package io.stateward.benchmarks.persist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** A folder for the files of one workload, beside the classes, which is gone when it is closed. */
record Folder(Path path) implements AutoCloseable {

  private static final long SEED = 1;

  static Folder create() {
    try {
      Path classes =
          Path.of(Folder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Folder(
          Files.createTempDirectory(Objects.requireNonNull(classes.getParent()), "files-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The classes are nowhere", e);
    }
  }

  /** Returns bytes that cannot be compressed, always the same. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      List<Path> all;
      try (Stream<Path> found = Files.walk(path)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : all) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
