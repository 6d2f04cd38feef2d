package io.stateward.examples.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.stateward.persist.PersistenceStatus;
import io.stateward.persist.PersistenceStatus.Refused;
import io.stateward.persist.PersistenceStatus.UpToDate;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preferences and their file, within one process. */
final class KeepingTest {

  @TempDir private Path folder;
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<Keeping> open = new ArrayList<>();

  private Keeping keeping(Store<Desk> desk, Path in) {
    Keeping keeping = new Keeping(desk, in, time, Runnable::run);
    open.add(keeping);
    keeping.awaitHydrated();
    return keeping;
  }

  @AfterEach
  void closeAll() {
    open.forEach(Keeping::close);
  }

  private static Store<Desk> desk() {
    return Store.of(Desk.INITIAL);
  }

  private static void pin(Store<Desk> desk, String name) {
    desk.slice(Desk.view("page")).update(view -> view.withPin(name));
  }

  @Test
  void change_afterAMoment_isInTheFileAndNothingElseIs() throws IOException {
    Store<Desk> desk = desk();
    Keeping keeping = keeping(desk, folder.resolve("new/board"));
    assertThat(keeping.status().get()).isEqualTo(new UpToDate(0));

    pin(desk, "java");
    desk.slice(Desk.view("page")).update(view -> view.withFilter("secret"));
    assertThat(keeping.status().get()).isInstanceOf(PersistenceStatus.Pending.class);
    time.advance(Duration.ofSeconds(1));

    assertThat(keeping.status().get()).isEqualTo(new UpToDate(1));
    assertThat(Files.readString(folder.resolve("new/board").resolve(Keeping.FILE)))
        .endsWith("{\"theme\":\"system\",\"hidden\":[],\"pinned\":[\"java\"]}");
    assertThat(keeping.json(keeping.status().get()))
        .contains("\"state\":\"saved\"", "preferences.json", "\"problem\":null");
  }

  @Test
  void open_keptBefore_isThereOnEveryPage() {
    Store<Desk> before = desk();
    Keeping first = keeping(before, folder);
    pin(before, "java");
    before.update(desk -> desk.withPreferences(desk.preferences().withTheme(Theme.DARK)));
    first.close(); // saves what is not saved yet

    Store<Desk> after = desk();
    keeping(after, folder);

    assertThat(after.get().preferences()).isEqualTo(before.get().preferences());
    assertThat(after.slice(Desk.view("any")).get().pinned()).containsExactly("java");
  }

  @Test
  void open_folderCannotBe_goesOnWithoutSavingAndSaysWhy() throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "a file, where a folder should be");
    Store<Desk> desk = desk();

    Keeping keeping = keeping(desk, file.resolve("board"));
    pin(desk, "java");

    assertThat(keeping.status().get()).isInstanceOf(Refused.class);
    assertThat(keeping.json(keeping.status().get()))
        .contains("\"state\":\"refused\"", "Cannot load", "nothing will be saved");
    assertThat(desk.get().preferences().pinned()).containsExactly("java");
    assertThat(Files.readString(file)).isEqualTo("a file, where a folder should be");
  }

  @Test
  void open_folderIsReadOnly_goesOnWithoutSavingAndSaysWhy() {
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assumeFalse(Files.isWritable(folder), "this user may write everywhere");
      Store<Desk> desk = desk();

      Keeping keeping = keeping(desk, folder);
      pin(desk, "java");

      assertThat(keeping.json(keeping.status().get()))
          .contains(
              "\"state\":\"refused\"", "nothing will be saved", "may read and write its folder");
      assertThat(desk.get().preferences().pinned()).containsExactly("java");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void open_anotherBoardHasTheFile_goesOnWithoutSavingAndSaysWhy() {
    Store<Desk> first = desk();
    Store<Desk> second = desk();
    keeping(first, folder);

    Keeping refused = keeping(second, folder);
    pin(second, "java");

    assertThat(refused.json(refused.status().get()))
        .contains("\"state\":\"refused\"", "is in use by");
    assertThat(first.get().preferences().pinned()).isEmpty();
  }

  @Test
  void open_fileIsNotPreferences_keepsItAsideAndStartsAnew() throws IOException {
    Files.writeString(folder.resolve(Keeping.FILE), "not at all");
    Store<Desk> desk = desk();

    Keeping keeping = keeping(desk, folder);
    pin(desk, "java");
    time.advance(Duration.ofSeconds(1));

    assertThat(keeping.status().get()).isInstanceOf(UpToDate.class);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains(".damaged")))
          .hasSize(1)
          .allSatisfy(file -> assertThat(file).hasContent("not at all"));
    }
  }
}
