package io.stateward.sync.client;

import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.JournalRecovery;
import io.stateward.persist.StorageException;
import io.stateward.store.WriteResult;
import java.util.List;

/** A journal in memory that fails when a test says so, or after a number of records for good. */
final class FaultyJournal implements Journal {

  private final Journal journal = Journal.memory();
  private final long life;
  private final Runnable death;
  boolean failing;
  boolean writesAllTheSame; // what fails may have been written
  boolean uncut; // what is not needed any more stays
  int cutsTried;
  int closed;

  FaultyJournal() {
    this(Long.MAX_VALUE, () -> {});
  }

  /** One that stops with its process: what it has then is what a restart finds. */
  FaultyJournal(long life, Runnable death) {
    this.life = life;
    this.death = death;
  }

  /** What a restart finds. */
  Journal left() {
    Journal left = Journal.memory();
    if (journal.next() > journal.first()) {
      journal.read(journal.first(), Integer.MAX_VALUE).stream()
          .map(JournalEntry::bytes)
          .forEach(left::append);
    }
    return left;
  }

  @Override
  public long append(List<byte[]> batch) {
    if (journal.next() >= life) {
      throw new StorageException("The process has ended.", null);
    }
    if (failing && !writesAllTheSame) {
      throw new StorageException("No space left on device.", null);
    }
    long position = journal.append(batch);
    if (journal.next() >= life) {
      death.run();
    }
    if (failing) {
      throw new StorageException("Input/output error.", null);
    }
    return position;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    return journal.appendAt(position, batch);
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    return journal.read(from, limit);
  }

  @Override
  public long first() {
    return journal.first();
  }

  @Override
  public long next() {
    return journal.next();
  }

  @Override
  public void truncateBefore(long position) {
    if (uncut) {
      cutsTried++;
      throw new StorageException("Input/output error.", null);
    }
    journal.truncateBefore(position);
  }

  @Override
  public void truncateFrom(long position) {
    journal.truncateFrom(position);
  }

  @Override
  public long epoch() {
    return journal.epoch();
  }

  @Override
  public JournalRecovery recovery() {
    return journal.recovery();
  }

  @Override
  public void close() {
    closed++;
  }
}
