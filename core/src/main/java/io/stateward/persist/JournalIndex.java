package io.stateward.persist;

import io.stateward.persist.JournalReader.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where the records of a journal file are. A copy shares the array of offsets: who adds to the copy
 * writes where the original does not look.
 *
 * <p>Thread safety: never changed once it is published.
 */
final class JournalIndex {

  private static final int NOT_WORTH_REWRITING = 64 << 10;

  final long epoch;
  final long generation; // changes when the file is rewritten
  long first;
  long size;
  long nextNumber;
  private final long base; // the position of the first record in the file, kept or not
  private long[] offsets;
  private int records;

  JournalIndex(long epoch, long generation, long base) {
    this(epoch, generation, base, base, JournalFrames.HEADER, 0, new long[16], 0);
  }

  JournalIndex(JournalScan scan) {
    this(
        scan.epoch,
        0,
        scan.base,
        scan.first,
        scan.size,
        scan.nextNumber,
        scan.offsets,
        scan.records);
  }

  private JournalIndex(
      long epoch,
      long generation,
      long base,
      long first,
      long size,
      long nextNumber,
      long[] offsets,
      int records) {
    this.epoch = epoch;
    this.generation = generation;
    this.base = base;
    this.first = first;
    this.size = size;
    this.nextNumber = nextNumber;
    this.offsets = offsets;
    this.records = records;
  }

  JournalIndex copyOf() {
    return new JournalIndex(epoch, generation, base, first, size, nextNumber, offsets, records);
  }

  long next() {
    return base + records;
  }

  /** Notes the next record, which has the next frame. */
  void add(long offset) {
    if (records == offsets.length) {
      offsets = Arrays.copyOf(offsets, records * 2);
    }
    offsets[records++] = offset;
    nextNumber++;
  }

  /** Tells whether giving back the space before a record costs no more than what was written. */
  boolean isMostlyBefore(long position) {
    long dropped = offset(position) - JournalFrames.HEADER;
    return dropped >= Math.max(size - offset(position), NOT_WORTH_REWRITING);
  }

  private long offset(long position) {
    return position == next() ? size : offsets[(int) (position - base)];
  }

  /** Returns a reader that fetches the records asked for at once, if they are not too many. */
  JournalReader readerOf(Disk disk, Path file, long start, int limit) {
    long end = limit < next() - start ? offset(start + limit) : size;
    int chunk = (int) Math.min(end - offset(start), JournalReader.CHUNK);
    return new JournalReader(disk, file, size, chunk);
  }

  JournalEntry read(JournalReader reader, long position) throws IOException {
    long offset = offset(position);
    Frame frame = reader.frameAt(offset);
    return new JournalEntry(position, reader.payload(frame));
  }
}
