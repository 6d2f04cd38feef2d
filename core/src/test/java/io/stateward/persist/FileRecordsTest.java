package io.stateward.persist;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class FileRecordsTest extends RecordStoreContract {

  private final Map<RecordStore, Path> folders = new IdentityHashMap<>();

  @TempDir Path parent;

  @Override
  public RecordStore create() {
    return open(parent.resolve("records" + folders.size()));
  }

  private RecordStore open(Path folder) {
    RecordStore records = RecordStore.files(folder);
    folders.put(records, folder);
    return records;
  }

  @Override
  public boolean survives() {
    return true;
  }

  @Override
  public RecordStore reopen(RecordStore closed) {
    return open(Objects.requireNonNull(folders.get(closed)));
  }

  @AfterEach
  void closeAll() {
    folders.keySet().forEach(RecordStore::close);
  }
}
