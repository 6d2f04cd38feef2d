package io.stateward.persist;

import io.stateward.persist.JournalTurns.Append;
import io.stateward.persist.JournalTurns.Work;
import io.stateward.store.WriteResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A journal in a file. */
final class FileJournal implements Journal {

  /*
   * Concurrency
   * -----------
   * All that changes the file is done by whose turn it is, without a lock (JournalTurns).
   *
   * Reading needs no turn. The index says where the records are, the bytes are read without a lock,
   * and if the file was rewritten meanwhile (its generation is another one), it starts over.
   *
   * Failure
   * -------
   * If a group cannot be made durable, the file is cut back to where it was before, so that nothing of
   * the group can surface later. If even that fails, or a rewritten file may or may not have taken the
   * place of the old one, nobody knows what the file holds: the journal refuses everything but being
   * closed, and opening it again finds out.
   */

  private static final int MOST_READ = 4 << 20;

  private final Disk disk;
  private final Disk.Claim claim;
  private final JournalRewrite rewrite;
  private final JournalRecovery recovery;
  private final JournalTurns turns;
  private final JournalFrames frames = new JournalFrames(); // for whose turn it is
  private Disk.Output output; // for whose turn it is

  FileJournal(
      Disk disk,
      Disk.Claim claim,
      JournalIndex index,
      Disk.Output output,
      JournalRecovery recovery) {
    this.disk = disk;
    this.claim = claim;
    this.turns = new JournalTurns(claim.file(), index, this::commit);
    this.output = output;
    this.recovery = recovery;
    this.rewrite = new JournalRewrite(disk, claim.file());
  }

  @Override
  public long append(List<byte[]> batch) {
    Append appended = turns.append(new Append(null, checked(batch)));
    if (appended.failure != null) {
      throw appended.failure;
    }
    return appended.position;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    Append appended = turns.append(new Append(position, checked(batch)));
    if (appended.failure != null) {
      return new WriteResult.Failed<>(appended.failure);
    }
    return appended.conflict
        ? new WriteResult.Conflict<>(appended.position)
        : new WriteResult.Saved<>(appended.position);
  }

  private static List<byte[]> checked(List<byte[]> batch) {
    List<byte[]> copy = List.copyOf(batch);
    copy.forEach(MemoryJournal::checked);
    return copy;
  }

  /** Makes a group durable, or notes in each append of it why it is not. */
  private void commit(List<Append> group) {
    try {
      writeGroup(group);
    } catch (Throwable t) { // whoever waits must not wait forever
      fail(group, t);
    }
  }

  private void writeGroup(List<Append> group) throws IOException {
    JournalIndex next = turns.index().copyOf();
    frames.clear();
    for (Append each : group) {
      each.position = next.next();
      each.conflict = each.expected != null && each.expected != each.position;
      for (int i = 0; i < each.batch.size() && !each.conflict; i++) {
        long offset = next.size + frames.length();
        frames.add(next.nextNumber, each.batch.size() - 1 - i, each.batch.get(i));
        next.add(offset);
      }
    }
    turns.requireKnown();
    write(next);
  }

  /** Writes the frames and publishes the index that includes them. */
  private void write(JournalIndex next) throws IOException {
    if (frames.length() == 0) {
      return;
    }
    try {
      output.write(frames.bytes(), 0, frames.length());
      output.force();
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
    next.size += frames.length();
    turns.publish(next);
  }

  private void cutBack(IOException cause) {
    try {
      output.truncate(turns.index().size);
      output.force();
    } catch (IOException e) {
      cause.addSuppressed(e);
      turns.giveUp(cause);
    }
  }

  private void fail(List<Append> group, Throwable cause) {
    StorageException failure =
        cause instanceof StorageException known
            ? known
            : StorageException.writing(claim.file(), cause);
    group.forEach(each -> each.failure = failure);
    if (cause instanceof Error) {
      turns.giveUp(cause);
    }
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    MemoryJournal.checkedLimit(limit);
    while (true) {
      JournalIndex seen = turns.indexToRead();
      long start = Math.max(from, seen.first);
      if (start >= seen.next()) {
        return List.of();
      }
      List<JournalEntry> entries = new ArrayList<>();
      IOException problem = collect(seen, start, limit, entries);
      if (turns.indexToRead().generation == seen.generation) {
        if (problem != null) {
          throw unreadable(start + entries.size(), problem);
        }
        return entries;
      }
    }
  }

  /** Reads records until there are enough, and returns what went wrong, if anything did. */
  private @Nullable IOException collect(
      JournalIndex seen, long start, int limit, List<JournalEntry> entries) {
    JournalReader reader = seen.readerOf(disk, claim.file(), start, limit);
    long bytes = 0;
    try {
      for (long at = start; at < seen.next() && entries.size() < limit && bytes < MOST_READ; at++) {
        JournalEntry entry = seen.read(reader, at);
        bytes += entry.bytes().length;
        entries.add(entry);
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private StorageException unreadable(long position, IOException cause) {
    return new StorageException(
        "Record %d of '%s' cannot be read (%s). It was whole when the journal was opened; close it and open it again to keep the damaged file aside and go on."
            .formatted(position, claim.file(), StorageException.said(cause)),
        cause);
  }

  @Override
  public long first() {
    return turns.index().first;
  }

  @Override
  public long next() {
    return turns.index().next();
  }

  @Override
  public long epoch() {
    return turns.index().epoch;
  }

  @Override
  public JournalRecovery recovery() {
    return recovery;
  }

  @Override
  public void truncateBefore(long position) {
    truncate(
        index -> {
          MemoryJournal.checkBounds("before", position, Long.MIN_VALUE, index.next());
          if (position <= index.first) {
            return;
          }
          if (index.isMostlyBefore(position)) {
            replaceFile(index, index.epoch, position, index.next());
          } else {
            markStart(index, position);
          }
        });
  }

  private void markStart(JournalIndex index, long position) throws IOException {
    JournalIndex next = index.copyOf();
    frames.clear();
    frames.addStartMark(next.nextNumber, position);
    next.nextNumber++;
    next.first = position;
    write(next);
  }

  @Override
  public void truncateFrom(long position) {
    truncate(
        index -> {
          MemoryJournal.checkBounds("from", position, index.first, index.next());
          if (position < index.next()) {
            replaceFile(index, ThreadLocalRandom.current().nextLong(), index.first, position);
          }
        });
  }

  private void replaceFile(JournalIndex old, long epoch, long from, long to) throws IOException {
    JournalIndex fresh = rewrite.prepare(old, epoch, from, to);
    turns.setRewriting(true);
    try {
      rewrite.putInPlace();
      output.close();
      output = disk.append(claim.file());
      turns.publish(fresh);
    } catch (IOException e) {
      turns.giveUp(e);
      throw e;
    } finally {
      turns.setRewriting(false);
    }
  }

  private void truncate(Work work) {
    try {
      turns.run("truncate", work);
    } catch (IOException e) {
      throw StorageException.writing(claim.file(), e);
    }
  }

  @Override
  public void close() {
    if (!turns.end()) {
      return;
    }
    try (Disk.Claim ending = claim;
        Disk.Output ended = output) {
      // all that was acknowledged is durable: there is nothing to flush
    } catch (IOException e) {
      throw StorageException.writing(claim.file(), e);
    }
  }
}
