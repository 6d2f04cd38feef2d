package io.stateward.sync.client;

import io.stateward.codec.TreeObject;
import io.stateward.flow.Backoff;
import io.stateward.persist.Journal;
import io.stateward.signal.Probe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the journal, in the order in which they come, many at a time.
 *
 * <p>Thread safety: safe for any number of threads. {@link #put} may be called under the lock of a
 * document; {@link #work} not.
 */
final class Outbox {

  /*
   * Every record has the next number, `n`. A batch that failed is appended again, and may have been
   * written the first time: whoever reads leaves out what has a number that was read before.
   *
   * Compaction. Once as much was written as makes it worth while, everything begins again: a record
   * of the client (the mark), and one of each document with all that it is, open or not; each takes
   * the place of all before it, so nothing counts twice if it is not cut. When they are stored,
   * what is before the mark is cut off. What a document writes between the mark and its own record
   * is in that record, and is left out when it is read.
   */

  private static final int BATCH = 1_024;
  private static final int FAILURES_TO_REOPEN = 3;
  private static final long LEAST_GROWTH = 256 << 10;

  /** What the client does for its outbox. */
  interface Owner {

    /** Something of these is stored now. */
    void stored(Set<Replicated> documents);

    /** It fails, or works again. */
    void failing(boolean now);

    /** Puts one record of everything; the first one is of the client itself. */
    void putAll();
  }

  /** A record that waits. */
  private static final class Entry {
    final long number;
    final TreeObject record;
    final @Nullable Replicated document;

    Entry(long number, TreeObject record, @Nullable Replicated document) {
      this.number = number;
      this.record = record;
      this.document = document;
    }
  }

  private final String name;
  private final SyncClientBuilder settings;
  private final Backoff backoff;
  private final Owner owner;
  private final Turns turns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> waiting = new ArrayDeque<>(); // guarded by lock
  private long next; // guarded by lock
  private volatile long stored;
  private volatile boolean failing;
  private int failures; // confined to the turns, as the rest is
  private @Nullable Journal journal; // null while it could not be opened again
  private boolean retrying;
  private long written;
  private long compacted; // how much of it was there after the last compaction
  private long uncompacted;
  private long mark = -1;
  private long markEnd;
  private long markPosition;
  private boolean closing;
  private boolean ended;

  Outbox(
      SyncClientBuilder settings,
      Journal journal,
      Backoff backoff,
      Owner owner,
      OutboxContent content) {
    this.name = settings.name;
    this.settings = settings;
    this.journal = journal;
    this.backoff = backoff;
    this.owner = owner;
    this.turns = new Turns(name, settings.executor);
    this.next = content.lastNumber() + 1;
    this.stored = content.lastNumber();
    this.written = content.bytes();
  }

  /**
   * Adds a record, of a document that is told when it is stored. Somebody has to have it {@link
   * #work} afterwards.
   */
  long put(OutboxForm.Builder record, @Nullable Replicated document) {
    lock.lock();
    try {
      TreeObject numbered = record.with("n", next).build();
      waiting.add(new Entry(next, numbered, document));
      return next++;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number up to which all records are stored. */
  long stored() {
    return stored;
  }

  boolean failing() {
    return failing;
  }

  /** Has what was put written soon. */
  void work() {
    if (last() > stored) {
      turns.add(this::write);
    }
  }

  /** Writes what there is, or fails to once more, and closes the journal. */
  void close(Runnable done) {
    turns.add(
        () -> {
          closing = true;
          retrying = false;
          write();
          closeJournal();
          ended = true;
          done.run();
        });
  }

  private Journal requireOpen() {
    Journal open = journal;
    if (open == null) {
      open = Objects.requireNonNull(settings.outbox.get(), "journal");
      journal = open;
      mark = -1;
      written = Long.MAX_VALUE / 4; // what it has is written anew, whatever it lost
    }
    return open;
  }

  private void closeJournal() {
    Journal open = journal;
    journal = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException e) {
      Probe.report(name, "Its outbox could not be closed.", e);
    }
  }

  private long last() {
    lock.lock();
    try {
      return next - 1;
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    if (ended) {
      return;
    }
    Set<Replicated> wrote = new LinkedHashSet<>();
    for (List<Entry> batch = batch(); !batch.isEmpty() && !retrying; batch = batch()) {
      if (!append(batch)) {
        break;
      }
      batch.stream().map(entry -> entry.document).filter(Objects::nonNull).forEach(wrote::add);
      compactIfDue();
    }
    if (!wrote.isEmpty()) {
      owner.stored(wrote);
    }
  }

  /** How many records are in memory alone. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private List<Entry> batch() {
    lock.lock();
    try {
      List<Entry> batch = new ArrayList<>();
      for (Entry entry : waiting) {
        if (batch.size() == BATCH) {
          break;
        }
        batch.add(entry);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean append(List<Entry> batch) {
    List<byte[]> bytes = batch.stream().map(entry -> entry.record.toBytes()).toList();
    long position;
    try {
      position = requireOpen().append(bytes);
    } catch (RuntimeException e) { // a full disk, most likely; or it was closed under our feet
      failed(e);
      return false;
    }
    remove(batch);
    stored = batch.get(batch.size() - 1).number;
    bytes.forEach(each -> written += each.length);
    if (mark >= batch.get(0).number && mark <= stored) {
      markPosition = position + mark - batch.get(0).number;
    }
    if (failures > 0) {
      failures = 0;
      failing = false;
      owner.failing(false);
    }
    return true;
  }

  private void remove(List<Entry> batch) {
    lock.lock();
    try {
      batch.forEach(each -> waiting.remove());
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException cause) {
    failing = true;
    if (failures++ == 0) {
      Probe.report(
          name,
          "Its outbox cannot be written, so what is done now is kept in memory alone and not sent; it tries again.",
          cause);
      owner.failing(true);
    }
    if (settings.reopening && failures % FAILURES_TO_REOPEN == 0) {
      closeJournal();
    }
    if (!closing) {
      retrying = true;
      settings.timekeeper.schedule(backoff.delay(failures), () -> turns.add(this::retry));
    }
  }

  private void retry() {
    retrying = false;
    write();
  }

  private void compactIfDue() {
    if (mark >= 0) {
      endCompaction();
    } else if (written > Math.max(LEAST_GROWTH, 3 * compacted) && !closing) {
      uncompacted = written;
      mark = last() + 1; // what is put meanwhile comes before it or after it, which is both fine
      beginCompaction();
    }
  }

  private void beginCompaction() {
    try {
      owner.putAll();
      markEnd = last();
    } catch (RuntimeException e) {
      Probe.report(name, "Its outbox cannot be made smaller; it grows on.", e);
      mark = -1;
      compacted = written;
    }
  }

  private void endCompaction() {
    if (stored < markEnd) {
      return;
    }
    mark = -1;
    try {
      requireOpen().truncateBefore(markPosition);
      written -= uncompacted;
    } catch (RuntimeException e) {
      Probe.report(name, "Its outbox cannot be cut; it grows on.", e);
    }
    compacted = written;
  }
}
