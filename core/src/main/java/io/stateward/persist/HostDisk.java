package io.stateward.persist;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files of the machine. */
final class HostDisk implements Disk {

  /*
   * Files are opened as RandomAccessFile and not as channels: interrupting a thread that uses a channel
   * closes it for everybody, and cancelled work is interrupted.
   *
   * A lock of the operating system belongs to the process, so it keeps other processes out and not
   * other owners in this one; for those there is the set of claimed files. The lock is on a file of its
   * own, since the file itself is replaced whenever it is saved. The lock file stays: who deletes it
   * may take it away from under somebody who has just opened it.
   */

  static final HostDisk INSTANCE = new HostDisk();

  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private HostDisk() {}

  @Override
  public Claim claim(Path file) throws IOException {
    Path resolved = resolve(file);
    if (!CLAIMED.add(resolved)) {
      throw FileInUseException.here(resolved);
    }
    try {
      return lock(resolved);
    } catch (IOException | RuntimeException e) {
      CLAIMED.remove(resolved);
      throw e;
    }
  }

  private static Path resolve(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path absolute = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(absolute.getParent(), "a root is no file");
    return folder.toRealPath().resolve(absolute.getFileName());
  }

  private static Claim lock(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    if (!Files.exists(lockFile)) {
      createPrivately(lockFile);
    }
    RandomAccessFile opened = new RandomAccessFile(lockFile.toFile(), "rw");
    try {
      FileLock lock = opened.getChannel().tryLock();
      if (lock == null) {
        throw FileInUseException.elsewhere(file, lockFile);
      }
      return new HostClaim(file, opened);
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw FileInUseException.here(file);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private record HostClaim(Path file, RandomAccessFile lock) implements Claim {
    @Override
    public void close() throws IOException {
      try (lock) {
        CLAIMED.remove(file);
      }
    }
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, onlyForTheOwner(folder, "rwx------"));
    }
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public boolean exists(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    throw new AccessDeniedException(file.toString(), null, "cannot tell whether it exists");
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public byte[] read(Path file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    int filled = 0;
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      opened.seek(offset);
      while (filled < length) {
        int more = opened.read(bytes, filled, length - filled);
        if (more < 0) {
          return Arrays.copyOf(bytes, filled);
        }
        filled += more;
      }
    }
    return bytes;
  }

  @Override
  public Output create(Path file) throws IOException {
    Files.deleteIfExists(file);
    createPrivately(file);
    return new HostOutput(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public Output append(Path file) throws IOException {
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    opened.seek(opened.length());
    return new HostOutput(opened);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void force(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return; // Windows has no such call; its file systems log the names
    }
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
          opened.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted(); // forcing twice does no harm; giving up does
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void createPrivately(Path file) throws IOException {
    Files.createFile(file, onlyForTheOwner(file, "rw-------"));
  }

  private static FileAttribute<?>[] onlyForTheOwner(Path file, String permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private record HostOutput(RandomAccessFile file) implements Output {

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
      file.seek(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
