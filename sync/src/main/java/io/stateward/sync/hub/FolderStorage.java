package io.stateward.sync.hub;

import io.stateward.persist.Journal;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Documents in a folder: {@code records}, and {@code journals} named by a digest of the id. */
final class FolderStorage implements DocumentStorage {

  private final Path folder;
  private final RecordStore records;

  FolderStorage(Path folder) {
    this.folder = folder;
    this.records = RecordStore.files(folder.resolve("records"));
  }

  @Override
  public RecordStore records() {
    return records;
  }

  @Override
  public Journal journal(String document) {
    return Journal.file(file(document));
  }

  @Override
  public void deleteJournal(String document) {
    Path file = file(document);
    try {
      for (Path each : filesOf(file)) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new StorageException(
          "Cannot delete journal '%s' (%s). Check the permissions of its folder."
              .formatted(file, e),
          e);
    }
  }

  /** Returns the journal, and what there is beside it: it may have been damaged, and kept. */
  private static List<Path> filesOf(Path journal) throws IOException {
    Path folder = journal.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    String name = String.valueOf(journal.getFileName());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> String.valueOf(each.getFileName()).startsWith(name)).toList();
    }
  }

  private Path file(String document) {
    return folder.resolve("journals").resolve(digest(document) + ".journal");
  }

  private static String digest(String document) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(document.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one has not.", e);
    }
  }

  @Override
  public void close() {
    records.close();
  }
}
