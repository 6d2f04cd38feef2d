package io.stateward.persist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes a stretch of a journal to a new file, which then takes the place of the old one.
 *
 * <p>Thread safety: one thread at a time.
 */
final class JournalRewrite {

  private static final int CHUNK = 1 << 20;

  private final Disk disk;
  private final Path file;
  private final Path fresh;
  private final Path folder;

  JournalRewrite(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
    this.fresh = file.resolveSibling(file.getFileName() + ".tmp");
    this.folder = Objects.requireNonNull(file.getParent(), "a claimed file has a folder");
  }

  /** Writes a new file beside the old one, durably, and returns the index of it. */
  JournalIndex prepare(JournalIndex old, long epoch, long from, long to) throws IOException {
    JournalIndex index = new JournalIndex(epoch, old.generation + 1, from);
    JournalReader reader = new JournalReader(disk, file, old.size);
    JournalFrames frames = new JournalFrames();
    try (Disk.Output output = disk.create(fresh)) {
      output.write(JournalFrames.header(epoch, from), 0, JournalFrames.HEADER);
      for (long at = from; at < to; at++) {
        long offset = index.size + frames.length();
        frames.beginGroup(); // each was durable before, so none of them is torn if it breaks
        frames.add(index.nextNumber, 0, old.read(reader, at).bytes());
        index.add(offset);
        if (frames.length() >= CHUNK || at == to - 1) {
          output.write(frames.bytes(), 0, frames.length());
          index.size += frames.length();
          frames.clear();
        }
      }
      output.force();
    }
    return index;
  }

  void putInPlace() throws IOException {
    disk.replace(fresh, file);
    disk.force(folder);
  }

  /** Copies the file from an offset on to a name that nobody has, durably. */
  Path copyAside(long offset, String suffix) throws IOException {
    JournalReader reader = new JournalReader(disk, file, disk.size(file));
    try (Disk.Output output = disk.create(fresh)) {
      for (long at = offset; at < reader.size; at += CHUNK) {
        byte[] bytes = reader.copy(at, (int) Math.min(CHUNK, reader.size - at));
        output.write(bytes, 0, bytes.length);
      }
      output.force();
    }
    Path aside = CheckedFile.unused(disk, file, suffix);
    disk.replace(fresh, aside);
    disk.force(folder);
    return aside;
  }
}
