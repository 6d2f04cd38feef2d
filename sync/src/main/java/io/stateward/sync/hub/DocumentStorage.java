package io.stateward.sync.hub;

import io.stateward.persist.Journal;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import java.nio.file.Path;

/**
 * Where a hub keeps its documents: one record for each, and a journal of what came after it.
 *
 * <pre>{@code
 * DocumentStorage storage = DocumentStorage.files(Path.of("documents"));
 * }</pre>
 *
 * <p>A document exists if it has a record; the key is its id. What is in the records and journals
 * is the hub's own, and they hold nothing else.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; of one document's journal at most one is
 * open at a time.
 *
 * <p><b>Failure.</b> As records and journals fail: {@link StorageException}.
 *
 * @since 0.1
 */
public interface DocumentStorage extends AutoCloseable {

  /**
   * Creates a storage that ends with the process.
   *
   * @return an empty storage
   */
  static DocumentStorage memory() {
    return new MemoryStorage();
  }

  /**
   * Opens the documents in a folder, or creates it. Ids never become names of files: any string is
   * safe.
   *
   * @param folder the folder, which is to hold nothing else
   * @return the storage; the hub closes it
   * @throws StorageException if it can be neither read nor created
   */
  static DocumentStorage files(Path folder) {
    return new FolderStorage(folder);
  }

  /**
   * Returns the records of the documents.
   *
   * @return the same store every time
   */
  RecordStore records();

  /**
   * Opens the journal of a document, or creates it.
   *
   * @param document the id
   * @return the journal; whoever asked closes it
   * @throws StorageException if it can be neither read nor created
   */
  Journal journal(String document);

  /**
   * Deletes the journal of a document, which is not open; if there is none, nothing happens.
   *
   * @param document the id
   * @throws StorageException if it cannot be deleted
   */
  void deleteJournal(String document);

  /** Lets go of everything. Closing again does nothing. */
  @Override
  void close();
}
