package io.stateward.persist;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest extends JournalContract {

  private final Map<Journal, Path> files = new IdentityHashMap<>();

  @TempDir Path folder;

  @Override
  public Journal create() {
    return open(folder.resolve(files.size() + ".log"));
  }

  private Journal open(Path file) {
    Journal journal = Journal.file(file);
    files.put(journal, file);
    return journal;
  }

  @Override
  public boolean survives() {
    return true;
  }

  @Override
  public Journal reopen(Journal closed) {
    return open(Objects.requireNonNull(files.get(closed)));
  }

  @AfterEach
  void closeAll() {
    files.keySet().forEach(Journal::close);
  }
}
