package io.stateward.sync.hub;

import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.JournalRecovery;
import io.stateward.persist.RecordStore;
import io.stateward.store.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Documents that end with the process; they outlive being closed by the hub. */
final class MemoryStorage implements DocumentStorage {

  private final RecordStore records = RecordStore.memory();
  private final Map<String, Journal> journals = new ConcurrentHashMap<>();

  @Override
  public RecordStore records() {
    return records;
  }

  @Override
  public Journal journal(String document) {
    return new Kept(journals.computeIfAbsent(document, id -> Journal.memory()));
  }

  @Override
  public void deleteJournal(String document) {
    journals.remove(document);
  }

  @Override
  public void close() {
    records.close();
    journals.values().forEach(Journal::close);
  }

  /** A journal that is there again when it is opened again. */
  private record Kept(Journal journal) implements Journal {

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
    public void close() {} // the storage closes it
  }
}
