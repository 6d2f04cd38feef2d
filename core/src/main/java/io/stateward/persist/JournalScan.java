package io.stateward.persist;

import io.stateward.persist.JournalReader.Frame;
import io.stateward.persist.JournalReader.Header;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a journal file holds, found by walking it once from end to end.
 *
 * <p>Thread safety: one thread at a time.
 */
final class JournalScan {

  /*
   * Torn or damaged
   * ---------------
   * The walk ends at the first frame that is not whole. If a frame of a later group is found behind it,
   * the broken frame had been made durable, and something happened to it since: damage. If there is
   * none, it may just as well have been on its way when the process stopped: a torn tail. The last
   * group of all can only ever be called torn, which is why what is cut off is kept aside.
   */

  private final JournalReader reader;

  long epoch;
  long first; // the position from which on records are kept
  long base; // the position of the first record in the file
  long size; // of what is whole
  long nextNumber;
  long[] offsets = new long[16];
  int records;
  @Nullable String damage;

  private JournalScan(JournalReader reader) {
    this.reader = reader;
  }

  static JournalScan of(JournalReader reader) throws IOException {
    JournalScan scan = new JournalScan(reader);
    Header header = reader.header();
    if (header == null) {
      scan.damage = "its header is not whole";
      scan.epoch = ThreadLocalRandom.current().nextLong();
      return scan;
    }
    if (header.version() != JournalFrames.VERSION) {
      throw new NewerSchemaException(
          "format of the journal", header.version(), JournalFrames.VERSION);
    }
    scan.epoch = header.epoch();
    scan.base = header.first();
    scan.first = header.first();
    scan.walk();
    return scan;
  }

  private void walk() throws IOException {
    size = JournalFrames.HEADER;
    long offset = size;
    long number = 0;
    int read = 0;
    Frame frame = reader.frame(offset, number);
    while (frame != null) {
      offset = frame.end();
      number++;
      if (frame.isStartMark()) {
        first = Math.max(first, reader.at(frame.end() - Long.BYTES, Long.BYTES).getLong());
      } else {
        add(read++, frame.offset());
      }
      if (frame.rest() <= 0) { // a batch is whole; whatever comes after a whole one is cut with it
        size = offset;
        nextNumber = number;
        records = read;
      }
      frame = reader.frame(offset, number);
    }
    if (offset < reader.size && reader.isFollowedByLaterGroup(offset, number)) {
      damage = "the frame at byte %d is not whole, though later ones are".formatted(offset);
    }
  }

  private void add(int index, long offset) {
    if (index == offsets.length) {
      offsets = Arrays.copyOf(offsets, index * 2);
    }
    offsets[index] = offset;
  }

  long next() {
    return base + records;
  }

  boolean isTorn() {
    return damage == null && size < reader.size;
  }
}
