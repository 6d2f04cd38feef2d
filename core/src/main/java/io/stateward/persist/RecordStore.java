package io.stateward.persist;

import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records by key, each replaced as a whole by whoever has seen its latest version.
 *
 * <pre>{@code
 * try (RecordStore records = RecordStore.files(folder)) {
 *   records.write("prefs/7", RecordStore.ABSENT, bytes);           // only if there is none yet
 *   StoredRecord seen = records.read("prefs/7");
 *   WriteResult<StoredRecord> result = records.write("prefs/7", seen.version(), changed);
 * }
 * }</pre>
 *
 * <p>Versions are larger than zero, grow with each write of a key, and are never used twice for the
 * same key, not even after it was deleted. Calls block; make them on an executor of yours.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Of all who write over the same version of a record, one is answered Saved.
 * What was answered Saved is read by everybody from then on, also after a crash.
 *
 * <p><b>Failure.</b> A write that fails is answered {@link WriteResult.Failed}; after it the record
 * is the old or the new one, never a mixture: read it to know. Other calls throw {@link
 * StorageException}.
 *
 * <p><b>Cost.</b> For files: a write is two forces and one renaming, in a file of its own; a read
 * is one file; only keys and versions are held in memory, and opening reads every record once.
 *
 * @since 0.1
 */
public interface RecordStore extends AutoCloseable {

  /** The version to write over when there must be no record of that key yet. */
  long ABSENT = 0;

  /** The most characters that a key may have. */
  int LONGEST_KEY = 512;

  /**
   * Creates a record store that ends with the process.
   *
   * @return an empty store
   */
  static RecordStore memory() {
    return new MemoryRecords();
  }

  /**
   * Opens the records in a folder, or creates it; each record is one file. A file that is not whole
   * is renamed to {@code .damaged}, reported, and kept; its key then has no record.
   *
   * @param folder the folder, which is to hold nothing else
   * @return the store, to close when it is no longer used
   * @throws FileInUseException if another store or another process has it open
   * @throws NewerSchemaException if a newer program wrote in it; nothing is changed
   * @throws StorageException if it can be neither read nor created
   */
  static RecordStore files(Path folder) {
    return FileRecords.open(HostDisk.INSTANCE, folder);
  }

  /**
   * Returns the record of a key.
   *
   * @param key the key
   * @return the record, which the caller owns, or null if there is none
   * @throws StorageException if it cannot be read
   * @throws IllegalArgumentException if the key is empty, too long or has an unpaired surrogate
   * @throws ClosedException if the store is closed
   */
  @Nullable StoredRecord read(String key);

  /**
   * Replaces a record, or creates it, if nobody has written it since the caller read.
   *
   * @param key the key
   * @param expected the version that the caller has seen; {@link #ABSENT} for none
   * @param bytes the new content; copied
   * @return Saved with the new record; Conflict with the one that is there instead; Gone if there
   *     is none, though one was expected; or Failed
   * @throws IllegalArgumentException if the key is empty, too long or has an unpaired surrogate, or
   *     the version is negative
   * @throws ClosedException if the store is closed
   */
  WriteResult<StoredRecord> write(String key, long expected, byte[] bytes);

  /**
   * Deletes a record, if nobody has written it since the caller read.
   *
   * @param key the key
   * @param expected the version that the caller has seen, larger than {@link #ABSENT}
   * @return Saved with the record that is deleted; Conflict with the one that is there instead;
   *     Gone if there is none; or Failed
   * @throws IllegalArgumentException if the key is empty, too long or has an unpaired surrogate, or
   *     the version is not positive
   * @throws ClosedException if the store is closed
   */
  WriteResult<StoredRecord> delete(String key, long expected);

  /**
   * Returns records in the order of their keys: by code point, as bytes of UTF-8 are ordered.
   *
   * <p>A record that is there all the while is on exactly one page; one that is created or deleted
   * while pages are read may be on one or on none.
   *
   * @param prefix what the keys begin with; empty for all
   * @param after the key to continue after, exclusive; null to begin
   * @param limit the most records to return; at least 1
   * @return the page
   * @throws StorageException if a record cannot be read
   * @throws ClosedException if the store is closed
   */
  RecordPage list(String prefix, @Nullable String after, int limit);

  /** Lets go of the records. Waits for calls that are under way. Closing again does nothing. */
  @Override
  void close();
}
