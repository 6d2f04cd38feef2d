package io.stateward.persist;

import io.stateward.store.WriteResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A journal in a file. */
final class FileJournal implements Journal {

  /*
   * Concurrency
   * -----------
   * The lock guards what is known of the file and is never held during a system call. Whoever has
   * anything to write takes the turn (busy), lets go of the lock, writes, and publishes what became of
   * it under the lock. Appends that arrive meanwhile wait in a queue; the first of them that wakes up
   * takes the turn for all of them: one write, one force.
   *
   * Reading needs no turn. The place of the records is looked up under the lock, the bytes are read
   * without it, and if the file was rewritten meanwhile (its generation is another one), it starts over.
   *
   * Failure
   * -------
   * If a group cannot be made durable, the file is cut back to where it was before, so that nothing of
   * the group can surface later. If even that fails, or a rewritten file may or may not have taken the
   * place of the old one, nobody knows what the file holds: the journal refuses everything but being
   * closed, and opening it again finds out.
   */

  private static final int MOST_READ = 4 << 20;
  private static final int MOST_WRITTEN = 8 << 20;

  private final Disk disk;
  private final Disk.Claim claim;
  private final JournalRewrite rewrite;
  private final JournalRecovery recovery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turn = lock.newCondition();
  private final JournalFrames frames = new JournalFrames(); // for whose turn it is
  private List<Waiting> queue = new ArrayList<>(); // guarded by lock
  private boolean busy; // guarded by lock
  private boolean closed; // guarded by lock
  private @Nullable Throwable unknown; // guarded by lock: why nobody knows what the file holds
  private JournalIndex index; // written under the lock by whose turn it is
  private Disk.Output output; // for whose turn it is
  private boolean rewriting; // guarded by lock

  FileJournal(
      Disk disk,
      Disk.Claim claim,
      JournalIndex index,
      Disk.Output output,
      JournalRecovery recovery) {
    this.disk = disk;
    this.claim = claim;
    this.index = index;
    this.output = output;
    this.recovery = recovery;
    this.rewrite = new JournalRewrite(disk, claim.file());
  }

  /** An append that waits for its group. */
  private static final class Waiting {
    final @Nullable Long expected;
    final List<byte[]> batch;
    long position;
    boolean conflict;
    boolean done; // guarded by lock, like what is above once it is set
    @Nullable StorageException failure;

    Waiting(@Nullable Long expected, List<byte[]> batch) {
      this.expected = expected;
      this.batch = batch;
    }

    long bytes() {
      return batch.stream().mapToLong(bytes -> bytes.length + JournalFrames.FRAME).sum();
    }
  }

  @Override
  public long append(List<byte[]> batch) {
    Waiting appended = submit(new Waiting(null, checked(batch)));
    if (appended.failure != null) {
      throw appended.failure;
    }
    return appended.position;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    Waiting appended = submit(new Waiting(position, checked(batch)));
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

  private Waiting submit(Waiting mine) {
    lock.lock();
    try {
      requireUsable("append");
      queue.add(mine);
      while (!mine.done) {
        if (busy) {
          turn.awaitUninterruptibly(); // whether it is durable has to be known
        } else {
          lead();
        }
      }
      return mine;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a group durable. Called with the lock held, which it lets go of meanwhile. */
  private void lead() {
    List<Waiting> group = takeGroup();
    busy = true;
    lock.unlock();
    try {
      commit(group);
    } catch (Throwable t) { // whoever waits must not wait forever
      fail(group, t);
    } finally {
      lock.lock();
      group.forEach(each -> each.done = true);
      busy = false;
      turn.signalAll();
    }
  }

  private List<Waiting> takeGroup() {
    List<Waiting> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < queue.size() && (bytes < MOST_WRITTEN || group.isEmpty())) {
      Waiting each = queue.get(group.size());
      bytes += each.bytes();
      group.add(each);
    }
    queue = new ArrayList<>(queue.subList(group.size(), queue.size()));
    return group;
  }

  private void commit(List<Waiting> group) throws IOException {
    JournalIndex next = index.copyOf();
    frames.clear();
    for (Waiting each : group) {
      each.position = next.next();
      each.conflict = each.expected != null && each.expected != each.position;
      for (int i = 0; i < each.batch.size() && !each.conflict; i++) {
        long offset = next.size + frames.length();
        frames.add(next.nextNumber, each.batch.size() - 1 - i, each.batch.get(i));
        next.add(offset);
      }
    }
    requireKnown();
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
    publish(next);
  }

  private void cutBack(IOException cause) {
    try {
      output.truncate(index.size);
      output.force();
    } catch (IOException e) {
      cause.addSuppressed(e);
      giveUp(cause);
    }
  }

  private void fail(List<Waiting> group, Throwable cause) {
    StorageException failure =
        cause instanceof StorageException known
            ? known
            : StorageException.writing(claim.file(), cause);
    group.forEach(each -> each.failure = failure);
    if (cause instanceof Error) {
      giveUp(cause);
    }
  }

  private void publish(JournalIndex next) {
    lock.lock();
    try {
      index = next;
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(Throwable cause) {
    lock.lock();
    try {
      unknown = cause;
    } finally {
      lock.unlock();
    }
  }

  private void requireKnown() {
    if (unknown != null) {
      throw new StorageException(
          "Nobody knows what '%s' holds since writing it failed (%s). Nothing that was acknowledged is lost; close the journal and open it again."
              .formatted(claim.file(), StorageException.said(unknown)),
          unknown);
    }
  }

  private void requireUsable(String attempted) {
    if (closed) {
      throw MemoryJournal.closed("Journal '%s'".formatted(claim.file()), attempted);
    }
    requireKnown();
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    MemoryJournal.checkedLimit(limit);
    while (true) {
      JournalIndex seen = indexToRead();
      long start = Math.max(from, seen.first);
      if (start >= seen.next()) {
        return List.of();
      }
      List<JournalEntry> entries = new ArrayList<>();
      IOException problem = collect(seen, start, limit, entries);
      if (indexToRead().generation == seen.generation) {
        if (problem != null) {
          throw unreadable(start + entries.size(), problem);
        }
        return entries;
      }
    }
  }

  private JournalIndex indexToRead() {
    lock.lock();
    try {
      requireUsable("read");
      while (rewriting) {
        turn.awaitUninterruptibly();
      }
      return index;
    } finally {
      lock.unlock();
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
    return latest().first;
  }

  @Override
  public long next() {
    return latest().next();
  }

  @Override
  public long epoch() {
    return latest().epoch;
  }

  private JournalIndex latest() {
    lock.lock();
    try {
      return index;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public JournalRecovery recovery() {
    return recovery;
  }

  @Override
  public void truncateBefore(long position) {
    inTurn(
        () -> {
          MemoryJournal.checkBounds("before", position, Long.MIN_VALUE, index.next());
          if (position <= index.first) {
            return;
          }
          if (index.isMostlyBefore(position)) {
            replaceFile(index.epoch, position, index.next());
          } else {
            markStart(position);
          }
        });
  }

  private void markStart(long position) throws IOException {
    JournalIndex next = index.copyOf();
    frames.clear();
    frames.addStartMark(next.nextNumber, position);
    next.nextNumber++;
    next.first = position;
    write(next);
  }

  @Override
  public void truncateFrom(long position) {
    inTurn(
        () -> {
          MemoryJournal.checkBounds("from", position, index.first, index.next());
          if (position < index.next()) {
            replaceFile(ThreadLocalRandom.current().nextLong(), index.first, position);
          }
        });
  }

  private void replaceFile(long epoch, long from, long to) throws IOException {
    JournalIndex fresh = rewrite.prepare(index, epoch, from, to);
    setRewriting(true);
    try {
      rewrite.putInPlace();
      output.close();
      output = disk.append(claim.file());
      publish(fresh);
    } catch (IOException e) {
      giveUp(e);
      throw e;
    } finally {
      setRewriting(false);
    }
  }

  private void setRewriting(boolean now) {
    lock.lock();
    try {
      rewriting = now;
    } finally {
      lock.unlock();
    }
  }

  /** Work on the file. */
  private interface Work {
    void run() throws IOException;
  }

  private void inTurn(Work work) {
    lock.lock();
    try {
      requireUsable("truncate");
      while (busy) {
        turn.awaitUninterruptibly();
      }
      requireUsable("truncate");
      busy = true;
    } finally {
      lock.unlock();
    }
    try {
      work.run();
    } catch (IOException e) {
      throw StorageException.writing(claim.file(), e);
    } finally {
      endTurn();
    }
  }

  private void endTurn() {
    lock.lock();
    try {
      busy = false;
      turn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      while (busy || !queue.isEmpty()) {
        turn.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    try (Disk.Claim ending = claim;
        Disk.Output ended = output) {
      // all that was acknowledged is durable: there is nothing to flush
    } catch (IOException e) {
      throw StorageException.writing(claim.file(), e);
    }
  }
}
