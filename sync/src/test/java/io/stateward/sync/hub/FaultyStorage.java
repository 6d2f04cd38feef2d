package io.stateward.sync.hub;

import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.JournalRecovery;
import io.stateward.persist.RecordPage;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import io.stateward.persist.StoredRecord;
import io.stateward.store.WriteResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A storage that fails where a test says so, and outlives the hub that closes it. */
final class FaultyStorage implements DocumentStorage {

  private final DocumentStorage storage;
  boolean appendsFail;
  boolean appendsAreMadeAndFail;
  boolean readsFail;
  boolean writesFail;
  boolean opensFail;
  boolean deletesFail;
  int appends;
  int writes;
  @Nullable Runnable beforeAppend;

  FaultyStorage(DocumentStorage storage) {
    this.storage = storage;
  }

  private static StorageException failure() {
    return new StorageException("the disk is full", null);
  }

  @Override
  public RecordStore records() {
    RecordStore records = storage.records();
    return new RecordStore() {
      @Override
      public @Nullable StoredRecord read(String key) {
        if (opensFail) {
          throw failure();
        }
        return records.read(key);
      }

      @Override
      public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
        writes++;
        return writesFail
            ? new WriteResult.Failed<>(failure())
            : records.write(key, expected, bytes);
      }

      @Override
      public WriteResult<StoredRecord> delete(String key, long expected) {
        return deletesFail ? new WriteResult.Failed<>(failure()) : records.delete(key, expected);
      }

      @Override
      public RecordPage list(String prefix, @Nullable String after, int limit) {
        return records.list(prefix, after, limit);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Journal journal(String document) {
    Journal journal = storage.journal(document);
    return new Journal() {
      @Override
      public long append(List<byte[]> batch) {
        appends++;
        Runnable before = beforeAppend;
        if (before != null) {
          before.run();
        }
        if (appendsFail) {
          throw failure();
        }
        long position = journal.append(batch);
        if (appendsAreMadeAndFail) {
          throw failure();
        }
        return position;
      }

      @Override
      public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
        return journal.appendAt(position, batch);
      }

      @Override
      public List<JournalEntry> read(long from, int limit) {
        if (readsFail) {
          throw failure();
        }
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
        journal.close();
      }
    };
  }

  @Override
  public void deleteJournal(String document) {
    storage.deleteJournal(document);
  }

  @Override
  public void close() {} // it is there again for the next hub
}
