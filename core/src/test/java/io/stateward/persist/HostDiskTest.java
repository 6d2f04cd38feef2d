package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.persist.Preferences.App;
import io.stateward.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only files of the machine can show: permissions, links, locks, interrupts. */
final class HostDiskTest {

  @TempDir Path folder;

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().getNow(null);
  }

  private static Persistence open(Store<App> store, Path file) {
    return Persistence.of(store)
        .partialize(App::prefs, App::withPrefs)
        .open(file, Preferences.CODEC, Runnable::run);
  }

  private void assumePosix() {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX");
  }

  @Test
  void create_posix_isForTheOwnerAlone() throws IOException {
    assumePosix();
    Path inner = folder.resolve("a/b");
    Store<App> store = Store.of(App.START);
    try (Journal journal = Journal.file(inner.resolve("log"));
        RecordStore records = RecordStore.files(inner.resolve("records"));
        Persistence persistence = open(store, inner.resolve("prefs.json"))) {
      journal.append(new byte[1]);
      records.write("a", RecordStore.ABSENT, new byte[1]);
      store.update(App::larger);
      now(persistence.flush());
      store.update(App::larger);
      now(persistence.flush());
    }

    try (var all = Files.walk(folder.resolve("a"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
    assertThat(inner.resolve("prefs.json.bak")).exists();
  }

  @Test
  void open_sameFileByAnotherName_isInUse() throws IOException {
    Path link = folder.resolve("link");
    try (Journal journal = Journal.file(folder.resolve("log"))) {
      assertThatThrownBy(() -> Journal.file(folder.resolve("../" + folder.getFileName() + "/log")))
          .isInstanceOf(FileInUseException.class)
          .hasMessageContaining("something else in this process");
      Files.createSymbolicLink(link, folder.resolve("log"));
      assertThatThrownBy(() -> Journal.file(link)).isInstanceOf(FileInUseException.class);
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("links");
    }
    try (Journal journal = Journal.file(link)) {
      journal.append(new byte[1]);
      journal.truncateFrom(0);
    }
    assertThat(Files.isSymbolicLink(link)).as("the link is followed, not replaced").isTrue();
  }

  @Test
  void open_twoRecordStoresOnOneFolder_secondIsRefused() {
    Path records = folder.resolve("records");
    try (RecordStore first = RecordStore.files(records)) {
      assertThatThrownBy(() -> RecordStore.files(records)).isInstanceOf(FileInUseException.class);
      assertThat(first.write("a", RecordStore.ABSENT, new byte[1]).isSaved()).isTrue();
    }
    RecordStore.files(records).close();
  }

  @Test
  void open_folderThatIsAFile_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> Journal.file(file.resolve("log")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Cannot open journal")
        .hasMessageContaining("permissions");
    assertThatThrownBy(() -> RecordStore.files(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Cannot open the records");
    assertThat(Files.readString(file)).isEqualTo("x");
  }

  @Test
  void open_readOnlyFolder_isRefusedAndTheStoreWorksOn() throws IOException {
    assumePosix();
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Path file = Files.writeString(locked.resolve("prefs.json"), "content");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    Assumptions.assumeFalse(Files.isWritable(locked), "the superuser writes anywhere");
    Store<App> store = Store.of(App.START);
    try (Persistence persistence = open(store, file)) {
      store.update(App::larger);

      assertThat(now(persistence.hydrated()))
          .isInstanceOfSatisfying(
              Restored.Refused.class,
              refused -> assertThat(refused.cause()).hasMessageContaining("may read and write"));
      assertThat(store.get().prefs().size()).isEqualTo(1);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(file).hasContent("content");
  }

  @Test
  void write_interruptedThread_writesNeverthelessAndStaysInterrupted() {
    Store<App> store = Store.of(App.START);
    Path records = folder.resolve("records");
    try (Journal journal = Journal.file(folder.resolve("log"));
        RecordStore kept = RecordStore.files(records);
        Persistence persistence = open(store, folder.resolve("prefs.json"))) {
      Thread.currentThread().interrupt();
      long position = journal.append("a".getBytes(StandardCharsets.UTF_8));
      journal.truncateBefore(1);
      boolean saved = kept.write("a", RecordStore.ABSENT, new byte[1]).isSaved();
      store.update(App::larger);
      boolean flushed = now(persistence.flush()).isSaved();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(position).isZero();
      assertThat(saved).isTrue();
      assertThat(flushed).isTrue();
      assertThat(journal.append(new byte[1])).isEqualTo(1);
    } finally {
      Thread.interrupted();
    }
  }
}
