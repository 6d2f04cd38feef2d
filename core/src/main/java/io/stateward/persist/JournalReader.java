package io.stateward.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the frames of a journal file through a window.
 *
 * <p>Thread safety: one thread at a time.
 */
final class JournalReader {

  static final int CHUNK = 1 << 20;

  private final Disk disk;
  private final Path file;
  private final int chunk; // how much is read at once, unless more is asked for
  final long size;
  private byte[] window = new byte[0];
  private long windowAt;

  JournalReader(Disk disk, Path file, long size) {
    this(disk, file, size, CHUNK);
  }

  JournalReader(Disk disk, Path file, long size, int chunk) {
    this.chunk = chunk;
    this.disk = disk;
    this.file = file;
    this.size = size;
  }

  /** One whole frame. */
  record Frame(long offset, int length, long number, int group, int rest) {

    long end() {
      return offset + JournalFrames.FRAME + length;
    }

    boolean isStartMark() {
      return rest == JournalFrames.START_MARK;
    }
  }

  /** The header of a journal. */
  record Header(int version, long epoch, long first) {}

  /** Returns the header, or null if it is not whole. */
  @Nullable Header header() throws IOException {
    if (size < JournalFrames.HEADER) {
      return null;
    }
    ByteBuffer header = at(0, JournalFrames.HEADER);
    int checksum = JournalFrames.checksum(at(0, JournalFrames.HEADER - 4));
    boolean known = header.get() == 'S' && header.get() == 'W' && header.get() == 'J';
    int version = header.get();
    header.getInt();
    Header read = new Header(version, header.getLong(), header.getLong());
    return known && header.getInt() == checksum ? read : null;
  }

  /** Returns the frame at an offset if it is whole, has the number, and fits into the file. */
  @Nullable Frame frame(long offset, long number) throws IOException {
    Frame frame = frameOf(offset);
    return frame != null && frame.number == number && isWhole(frame) ? frame : null;
  }

  /** Returns the frame at an offset where there was a whole one. */
  Frame frameAt(long offset) throws IOException {
    Frame frame = frameOf(offset);
    if (frame == null || frame.isStartMark() || !isWhole(frame)) {
      throw new IOException("the frame at byte %d is not whole any more".formatted(offset));
    }
    return frame;
  }

  private @Nullable Frame frameOf(long offset) throws IOException {
    if (size - offset < JournalFrames.FRAME) {
      return null;
    }
    ByteBuffer bytes = at(offset, JournalFrames.FRAME);
    bytes.getInt();
    Frame frame =
        new Frame(offset, bytes.getInt(), bytes.getLong(), bytes.getInt(), bytes.getInt());
    boolean plausible =
        frame.length >= 0
            && frame.length <= Journal.LARGEST_RECORD
            && frame.end() <= size
            && frame.rest >= JournalFrames.START_MARK
            && (!frame.isStartMark() || frame.length == Long.BYTES);
    return plausible ? frame : null;
  }

  private boolean isWhole(Frame frame) throws IOException {
    int length = JournalFrames.FRAME + frame.length;
    int checksum = at(frame.offset, length).getInt();
    return checksum == JournalFrames.checksum(at(frame.offset + 4, length - 4));
  }

  byte[] payload(Frame frame) throws IOException {
    return copy(frame.offset + JournalFrames.FRAME, frame.length);
  }

  byte[] copy(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    at(offset, length).get(bytes);
    return bytes;
  }

  /**
   * Tells whether a later group begins somewhere after a frame that is not whole. If so, that frame
   * was durable once: a group is written only when the one before it is.
   */
  boolean isFollowedByLaterGroup(long offset, long number) throws IOException {
    long most = number + size / JournalFrames.FRAME;
    for (long at = offset + 1; size - at >= JournalFrames.FRAME; at++) {
      Frame frame = frameOf(at);
      if (frame != null
          && frame.group >= 0
          && frame.number - frame.group > number
          && frame.number <= most
          && isWhole(frame)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether there is nothing but zeros from an offset on. */
  boolean isBlankFrom(long offset) throws IOException {
    for (long at = offset; at < size; at += CHUNK) {
      ByteBuffer bytes = at(at, (int) Math.min(CHUNK, size - at));
      while (bytes.hasRemaining()) {
        if (bytes.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns a stretch of the file, which is within it. */
  ByteBuffer at(long offset, int length) throws IOException {
    if (offset < windowAt || offset + length > windowAt + window.length) {
      window = disk.read(file, offset, (int) Math.min(Math.max(length, chunk), size - offset));
      windowAt = offset;
      if (window.length < length) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return ByteBuffer.wrap(window, (int) (offset - windowAt), length);
  }
}
