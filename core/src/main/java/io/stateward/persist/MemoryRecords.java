package io.stateward.persist;

import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records that end with the process. */
final class MemoryRecords implements RecordStore {

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, StoredRecord> records = // guarded by lock
      new TreeMap<>(RecordKeys.ORDER);
  private long versions; // guarded by lock
  private boolean closed; // guarded by lock

  @Override
  public @Nullable StoredRecord read(String key) {
    RecordKeys.bytes(key);
    lock.lock();
    try {
      requireOpen("read");
      StoredRecord found = records.get(key);
      return found == null ? null : copy(found);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
    RecordKeys.bytes(key);
    RecordKeys.checkVersion(expected, ABSENT);
    byte[] content = bytes.clone();
    lock.lock();
    try {
      requireOpen("write");
      WriteResult<StoredRecord> refusal = refusal(records.get(key), expected);
      if (refusal != null) {
        return refusal;
      }
      StoredRecord written = new StoredRecord(key, ++versions, content);
      records.put(key, written);
      return new WriteResult.Saved<>(copy(written));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public WriteResult<StoredRecord> delete(String key, long expected) {
    RecordKeys.bytes(key);
    RecordKeys.checkVersion(expected, ABSENT + 1);
    lock.lock();
    try {
      requireOpen("delete");
      StoredRecord found = records.get(key);
      WriteResult<StoredRecord> refusal = refusal(found, expected);
      if (refusal != null || found == null) {
        return refusal == null ? new WriteResult.Gone<>() : refusal;
      }
      records.remove(key);
      return new WriteResult.Saved<>(found);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the answer to a write over a version that is not the latest; null if it is. */
  static @Nullable WriteResult<StoredRecord> refusal(@Nullable StoredRecord found, long expected) {
    if (found == null) {
      return expected == ABSENT ? null : new WriteResult.Gone<>();
    }
    return found.version() == expected ? null : new WriteResult.Conflict<>(copy(found));
  }

  private static StoredRecord copy(StoredRecord record) {
    return new StoredRecord(record.key(), record.version(), record.bytes().clone());
  }

  @Override
  public RecordPage list(String prefix, @Nullable String after, int limit) {
    RecordKeys.checkPage(prefix, after, limit);
    List<StoredRecord> page = new ArrayList<>();
    lock.lock();
    try {
      requireOpen("list");
      boolean continues = after != null && RecordKeys.ORDER.compare(after, prefix) >= 0;
      var rest =
          continues ? records.tailMap(after, false).values() : records.tailMap(prefix).values();
      for (StoredRecord record : rest) {
        if (!record.key().startsWith(prefix)) {
          break;
        }
        if (page.size() == limit) {
          return new RecordPage(page, page.get(limit - 1).key());
        }
        page.add(copy(record));
      }
      return new RecordPage(page, null);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen(String attempted) {
    if (closed) {
      throw MemoryJournal.closed("The record store", attempted);
    }
  }
}
