package io.stateward.persist;

import io.stateward.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What the rules of a record store are checked on. */
interface RecordSubjects {

  RecordStore create();

  boolean survives();

  RecordStore reopen(RecordStore closed);

  Duration patience();

  /** Creates a record and returns it. */
  default StoredRecord created(RecordStore records, String key, String text) {
    return saved(records.write(key, RecordStore.ABSENT, bytes(text)));
  }

  /** Closes a store and opens it again. */
  default RecordStore again(RecordStore records) {
    records.close();
    return reopen(records);
  }

  static StoredRecord saved(WriteResult<StoredRecord> result) {
    if (result instanceof WriteResult.Saved<StoredRecord> saved) {
      return saved.value();
    }
    throw new AssertionError("Expected Saved, got " + result);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(StoredRecord record) {
    return new String(record.bytes(), StandardCharsets.UTF_8);
  }

  static List<String> keys(RecordPage page) {
    return page.records().stream().map(StoredRecord::key).toList();
  }
}
