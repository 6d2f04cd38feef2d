package io.stateward.persist;

import static io.stateward.persist.RecordFlaw.*;

import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Records in memory that are wrong in one way, and can be opened again. */
final class FlawedRecords implements RecordStore {

  private final RecordFlaw flaw;
  private final TreeMap<String, StoredRecord> records;
  private final Map<String, StoredRecord> deleted = new HashMap<>();
  private final Map<String, Integer> pages = new HashMap<>();
  private long versions;
  private boolean closed;

  FlawedRecords(RecordFlaw flaw) {
    this.flaw = flaw;
    this.records =
        new TreeMap<>(
            flaw == LISTS_IN_THE_ORDER_OF_CHARS ? Comparator.naturalOrder() : RecordKeys.ORDER);
    this.versions = flaw == VERSIONS_BEGIN_AT_ZERO ? -1 : 0;
  }

  /** Opens them again. */
  FlawedRecords reopened() {
    FlawedRecords again = new FlawedRecords(flaw);
    again.records.putAll(records);
    again.versions = flaw == FORGETS_ITS_VERSIONS ? 0 : versions;
    if (flaw == FORGETS_DELETIONS) {
      again.records.putAll(deleted);
    }
    return again;
  }

  private String checked(String key) {
    if (flaw != TAKES_ANY_KEY) {
      RecordKeys.bytes(key);
    }
    if (closed && flaw != WORKS_WHEN_CLOSED) {
      throw MemoryJournal.closed("The record store", "use");
    }
    return flaw == KEYS_IGNORE_CASE ? key.toLowerCase(Locale.ROOT) : key;
  }

  @Override
  public synchronized StoredRecord read(String key) {
    StoredRecord found = records.get(checked(key));
    return found == null ? null : copy(found);
  }

  private StoredRecord copy(StoredRecord record) {
    return new StoredRecord(record.key(), record.version(), kept(record.bytes()));
  }

  private byte[] kept(byte[] bytes) {
    return flaw == KEEPS_THE_ARRAY_IT_WAS_GIVEN ? bytes : bytes.clone();
  }

  @Override
  public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
    String known = checked(key);
    if (flaw != TAKES_ANY_KEY) {
      RecordKeys.checkVersion(expected, ABSENT);
    }
    if (flaw == COMPARES_BEFORE_IT_LOCKS) {
      WriteResult<StoredRecord> refusal = refusal(read(key), expected);
      Thread.yield();
      return refusal == null ? put(known, bytes) : refusal;
    }
    synchronized (this) {
      WriteResult<StoredRecord> refusal = refusal(records.get(known), expected);
      boolean ignored =
          flaw == OVERWRITES_ANY_VERSION && refusal instanceof WriteResult.Conflict
              || flaw == CREATES_WHAT_WAS_EXPECTED && refusal instanceof WriteResult.Gone;
      return refusal == null || ignored ? put(known, bytes) : refusal;
    }
  }

  private WriteResult<StoredRecord> refusal(StoredRecord found, long expected) {
    return MemoryRecords.refusal(found, expected);
  }

  private synchronized WriteResult<StoredRecord> put(String key, byte[] bytes) {
    StoredRecord before = records.get(key);
    long version = ++versions;
    if (flaw == VERSIONS_COUNT_PER_RECORD || flaw == VERSIONS_STAY) {
      long last = before == null ? 0 : before.version();
      version = flaw == VERSIONS_STAY ? 1 : last + 1;
    }
    StoredRecord record = new StoredRecord(key, version, kept(bytes));
    records.put(key, record);
    return new WriteResult.Saved<>(copy(record));
  }

  @Override
  public synchronized WriteResult<StoredRecord> delete(String key, long expected) {
    String known = checked(key);
    RecordKeys.checkVersion(expected, ABSENT + 1);
    StoredRecord found = records.get(known);
    WriteResult<StoredRecord> refusal = refusal(found, expected);
    boolean ignored = flaw == DELETES_ANY_VERSION && refusal instanceof WriteResult.Conflict;
    if (refusal != null && !ignored) {
      return refusal;
    }
    deleted.put(known, found);
    if (flaw != DELETES_NOTHING) {
      records.remove(known);
    }
    return new WriteResult.Saved<>(found);
  }

  @Override
  public synchronized RecordPage list(String prefix, String after, int limit) {
    checked("list");
    if (flaw != TAKES_ANY_LIMIT) {
      RecordKeys.checkPage(prefix, after, limit);
    }
    List<StoredRecord> all = new ArrayList<>();
    for (StoredRecord record : records.values()) {
      if (record.key().startsWith(prefix) || flaw == LISTS_ALL_KEYS) {
        all.add(copy(record));
      }
    }
    int start = after == null ? 0 : startAfter(all, after);
    List<StoredRecord> page =
        all.subList(Math.min(start, all.size()), Math.min(start + limit, all.size()));
    boolean more = start + limit < all.size();
    boolean claimsMore = flaw == LAST_PAGE_SAYS_THERE_IS_MORE && !page.isEmpty();
    String next = more || claimsMore ? page.get(page.size() - 1).key() : null;
    pages.put(next, start + page.size());
    return new RecordPage(page, next);
  }

  private int startAfter(List<StoredRecord> all, String after) {
    if (flaw == PAGES_BY_NUMBER) {
      return pages.getOrDefault(after, 0);
    }
    int start = 0;
    for (StoredRecord record : all) {
      if (flaw == CONTINUES_ONLY_AFTER_WHAT_IS_THERE && !records.containsKey(after)) {
        return all.size();
      }
      start += records.comparator().compare(record.key(), after) <= 0 ? 1 : 0;
    }
    return start;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
