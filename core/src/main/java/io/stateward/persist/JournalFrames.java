package io.stateward.persist;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal: a header, and frames, one for each record.
 *
 * <pre>
 * header  "SWJ" version(1) zero(4) | epoch 8 | first position 8 | checksum 4
 * frame   checksum 4 | length 4 | number 8 | group 4 | rest 4 | payload
 * </pre>
 *
 * <p>Frames are numbered without gaps. {@code group} counts the frames before this one that were
 * made durable by the same force, {@code rest} the frames after it that belong to the same batch;
 * -1 marks a frame that is no record and says which position is the first one from now on. The
 * checksum (CRC32C) is over all that follows it.
 *
 * <p>Thread safety: one thread at a time.
 */
final class JournalFrames {

  static final int VERSION = 1;
  static final int HEADER = 28;
  static final int FRAME = 24;
  static final int START_MARK = -1;

  private byte[] bytes = new byte[4_096];
  private int length;
  private int group;

  static byte[] header(long epoch, long first) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put((byte) 'S').put((byte) 'W').put((byte) 'J').put((byte) VERSION).putInt(0);
    header.putLong(epoch).putLong(first);
    header.putInt(checksum(header.array(), 0, HEADER - 4));
    return header.array();
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Adds a frame to the current group. */
  void add(long number, int rest, byte[] payload) {
    int start = length;
    int size = FRAME + payload.length;
    reserve(size);
    ByteBuffer frame = ByteBuffer.wrap(bytes, start, size);
    frame.position(start + 4);
    frame.putInt(payload.length).putLong(number).putInt(group++).putInt(rest).put(payload);
    frame.putInt(start, checksum(bytes, start + 4, size - 4));
    length += size;
  }

  void addStartMark(long number, long first) {
    add(number, START_MARK, ByteBuffer.allocate(Long.BYTES).putLong(first).array());
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, (length + (long) more) * 2));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void beginGroup() {
    group = 0;
  }

  /** Begins a new group at the start of the buffer. */
  void clear() {
    length = 0;
    beginGroup();
  }
}
