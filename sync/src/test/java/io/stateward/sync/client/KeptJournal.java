package io.stateward.sync.client;

import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.JournalRecovery;
import io.stateward.store.WriteResult;
import java.util.List;

/** A journal that is there again after it was closed, as a file is. */
record KeptJournal(Journal journal) implements Journal {

  @Override
  public long append(List<byte[]> batch) {
    return journal.append(batch);
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
    // it is kept
  }
}
