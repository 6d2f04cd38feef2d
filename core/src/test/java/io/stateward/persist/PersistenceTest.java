package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.persist.FaultyDisk.Fault;
import io.stateward.persist.FaultyDisk.Loss;
import io.stateward.persist.Preferences.App;
import io.stateward.signal.ManualExecutor;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class PersistenceTest {

  private static final Path FILE = Path.of("/data/prefs.json");
  private static final Path BACKUP = Path.of("/data/prefs.json.bak");

  private final FaultyDisk disk = new FaultyDisk();
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Store<App> store = Store.of("app", App.START);

  private PersistenceBuilder<App, Preferences> settings(Store<App> kept) {
    return Persistence.of(kept)
        .partialize(App::prefs, App::withPrefs)
        .debounce(Duration.ofMillis(100))
        .maxWait(Duration.ofMillis(350))
        .timekeeper(time);
  }

  private Persistence open(Store<App> kept) {
    return settings(kept).open(disk, FILE, Preferences.CODEC, Runnable::run);
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().getNow(null);
  }

  /** Saves states one after the other, so that there is a backup as well. */
  private void saved(App... states) {
    Store<App> other = Store.of(App.START);
    try (Persistence persistence = open(other)) {
      for (App state : states) {
        other.set(state);
        now(persistence.flush());
      }
    }
  }

  private App loaded() {
    Store<App> other = Store.of(App.START);
    try (Persistence persistence = open(other)) {
      return other.get();
    }
  }

  private String text(Path file) {
    return new String(disk.bytes(file), StandardCharsets.UTF_8);
  }

  @Test
  void open_noFile_isFreshAndWritesNothingUntilSomethingChanges() {
    try (Persistence persistence = open(store)) {
      assertThat(now(persistence.hydrated())).isEqualTo(new Restored.Fresh());
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(0));
      time.advance(Duration.ofSeconds(10));
    }
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void update_once_isSavedAfterThePauseInTheDocumentedFormat() {
    try (Persistence persistence = open(store)) {
      store.update(app -> app.themed("dark"));
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.Pending());
      time.advance(Duration.ofMillis(99));
      assertThat(disk.files()).isEmpty();

      time.advance(Duration.ofMillis(1));

      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(1));
      assertThat(text(FILE))
          .matches(
              "\\{\"sw\":1,\"schema\":1,\"len\":25,\"crc32c\":\"[0-9a-f]{8}\",\"seq\":1,\"savedAt\":\"2000-01-01T00:00:00.100Z\"}\n"
                  + "\\{\"theme\":\"dark\",\"size\":0}");
    }
    assertThat(loaded().prefs()).isEqualTo(new Preferences("dark", 0));
  }

  @Test
  void update_oftenInARow_isSavedOnceAfterThePauseOrTheLongestWait() {
    try (Persistence persistence = open(store)) {
      for (int i = 0; i < 8; i++) {
        store.update(App::larger);
        assertThat(time.pending()).isEqualTo(1);
        time.advance(Duration.ofMillis(50));
      }

      assertThat(text(FILE)).contains("\"seq\":1,").contains("\"size\":7");
      time.advance(Duration.ofMillis(100));
      assertThat(text(FILE)).contains("\"seq\":2,").contains("\"size\":8");
      assertThat(time.pending()).isZero();
    }
  }

  @Test
  void update_outsideThePart_savesNothing() {
    try (Persistence persistence = open(store)) {
      store.update(App::visited);
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(0));
      assertThat(time.pending()).isZero();
    }
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void update_backToWhatWasSaved_savesNothing() {
    try (Persistence persistence = open(store)) {
      store.update(app -> app.themed("dark"));
      store.update(app -> app.themed("light"));
      time.advance(Duration.ofSeconds(1));

      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(0));
    }
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void close_changed_savesAtOnceOnThisThread() {
    Persistence persistence = open(store);
    Recorder<PersistenceStatus> told = new Recorder<>();
    persistence.status().subscribe(told);
    store.update(app -> app.themed("dark"));

    persistence.close();
    persistence.close();

    assertThat(loaded().prefs().theme()).isEqualTo("dark");
    assertThat(told.values())
        .containsExactly(
            new PersistenceStatus.Pending(),
            new PersistenceStatus.UpToDate(1),
            new PersistenceStatus.Closed(null));
    assertThat(now(persistence.flush())).isEqualTo(new WriteResult.Cancelled<>());
    store.update(App::larger);
    assertThat(loaded().prefs().size()).isZero();
  }

  @Test
  void close_beforeTheExecutorHasBegun_loadsAndSavesOnThisThread() {
    saved(App.START.themed("dark").larger());
    ManualExecutor executor = new ManualExecutor();
    Persistence persistence = settings(store).open(disk, FILE, Preferences.CODEC, executor);
    store.update(App::larger);

    persistence.close();
    executor.runAll();

    assertThat(loaded().prefs()).isEqualTo(new Preferences("dark", 2));
  }

  @Test
  void flush_changed_isDoneWhenItIsDurable() {
    ManualExecutor executor = new ManualExecutor();
    try (Persistence persistence = settings(store).open(disk, FILE, Preferences.CODEC, executor)) {
      CompletionStage<WriteResult<Long>> early = persistence.flush();
      store.update(App::larger);
      CompletionStage<WriteResult<Long>> late = persistence.flush();
      assertThat(now(early)).isNull();

      executor.runAll();

      assertThat(now(early)).isEqualTo(new WriteResult.Saved<>(1L));
      assertThat(now(late)).isEqualTo(new WriteResult.Saved<>(1L));
    }
    assertThat(disk.after(Loss.EVERYTHING).bytes(FILE)).isEqualTo(disk.bytes(FILE));
  }

  @Test
  void hydrated_savedBefore_tellsWhatWasLoaded() {
    saved(App.START.themed("dark"));
    try (Persistence persistence = open(store)) {
      assertThat(now(persistence.hydrated())).isEqualTo(new Restored.Loaded(1, 1, time.now()));
      assertThat(store.get().prefs().theme()).isEqualTo("dark");
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(1));
      assertThat(time.pending()).isZero();
    }
  }

  @Test
  void update_whileHydrating_isAppliedToWhatWasLoaded() {
    saved(App.START.themed("dark").larger().larger());
    ManualExecutor executor = new ManualExecutor();
    try (Persistence persistence = settings(store).open(disk, FILE, Preferences.CODEC, executor)) {
      store.update(App::larger);
      store.update(App::visited);
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.Hydrating());

      executor.runAll();

      assertThat(store.get()).isEqualTo(new App(new Preferences("dark", 3), 1));
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.Pending());
    }
    assertThat(loaded().prefs()).isEqualTo(new Preferences("dark", 3));
  }

  @Test
  void update_whileHydratingAtomically_isAppliedToWhatWasLoadedUnlessItWasUndone() {
    saved(App.START.larger().larger());
    Store<Integer> other = Store.of(0);
    ManualExecutor executor = new ManualExecutor();
    try (Persistence persistence = settings(store).open(disk, FILE, Preferences.CODEC, executor)) {
      Store.atomically(
          () -> {
            store.update(App::larger);
            other.update(n -> n + 1);
          },
          store,
          other);
      assertThatThrownBy(
              () ->
                  Store.atomically(
                      () -> {
                        store.update(app -> app.themed("undone"));
                        throw new IllegalStateException("undone");
                      },
                      store))
          .hasMessage("undone");
      store.update(App::larger);

      executor.runAll();

      assertThat(store.get().prefs()).isEqualTo(new Preferences("light", 4));
    }
  }

  @Test
  void update_whileHydratingThatDoesNotFitWhatWasLoaded_isLeftOutAndReported() {
    saved(App.START.themed("dark"));
    ManualExecutor executor = new ManualExecutor();
    try (Reports reports = new Reports();
        Persistence persistence = settings(store).open(disk, FILE, Preferences.CODEC, executor)) {
      store.update(
          app -> {
            if (app.prefs().theme().equals("dark")) {
              throw new IllegalStateException("not in the dark");
            }
            return app.themed("blue");
          });
      store.update(App::larger);

      executor.runAll();

      assertThat(store.get().prefs()).isEqualTo(new Preferences("dark", 1));
      assertThat(reports.naming("Store 'app'"))
          .singleElement()
          .satisfies(failed -> assertThat(failed.cause()).hasMessage("not in the dark"));
    }
  }

  @Test
  void open_twoPartsOfOneStore_bothAreLoadedAndUpdatesAreAppliedToBoth() {
    saved(App.START.themed("dark").larger());
    Path visits = Path.of("/data/visits");
    try (Persistence first =
        Persistence.of(Store.of(41))
            .open(
                disk,
                visits,
                Codec.int64().map("n", Long::intValue, Integer::longValue),
                Runnable::run)) {
      assertThat(first.status().get()).isEqualTo(new PersistenceStatus.UpToDate(0));
    }
    Store<Integer> seed = Store.of(0);
    try (Persistence first =
        Persistence.of(seed)
            .open(
                disk,
                visits,
                Codec.int64().map("n", Long::intValue, Integer::longValue),
                Runnable::run)) {
      seed.set(41);
    }
    ManualExecutor executor = new ManualExecutor();
    try (Persistence prefs = settings(store).open(disk, FILE, Preferences.CODEC, executor);
        Persistence counted =
            Persistence.of(store)
                .partialize(App::visits, (app, n) -> new App(app.prefs(), n))
                .open(
                    disk,
                    visits,
                    Codec.int64().map("n", Long::intValue, Integer::longValue),
                    executor)) {
      store.update(App::visited);
      store.update(App::larger);

      executor.runAll();

      assertThat(store.get()).isEqualTo(new App(new Preferences("dark", 2), 42));
    }
  }

  @Test
  void open_slice_loadsIntoThePartAndKeepsUpdatesOfTheWhole() {
    saved(App.START.themed("dark").larger());
    ManualExecutor executor = new ManualExecutor();
    Store<Preferences> slice = store.slice(App::prefs, App::withPrefs);
    try (Persistence persistence =
        Persistence.of(slice).timekeeper(time).open(disk, FILE, Preferences.CODEC, executor)) {
      store.update(App::larger);
      store.update(App::visited);
      slice.update(prefs -> new Preferences(prefs.theme() + "!", prefs.size()));

      executor.runAll();

      assertThat(store.get()).isEqualTo(new App(new Preferences("dark!", 2), 1));
    }
    assertThat(loaded().prefs()).isEqualTo(new Preferences("dark!", 2));
  }

  @Test
  void open_storeUpdaterAfterHydration_isNotRememberedAnyMore() {
    try (Persistence persistence = open(store)) {
      int[] calls = new int[1];
      store.update(
          app -> {
            calls[0]++;
            return app.larger();
          });
      try (Persistence again =
          settings(store).open(disk, Path.of("/data/b"), Preferences.CODEC, Runnable::run)) {
        assertThat(calls[0]).isEqualTo(1);
      }
    }
  }

  @Test
  void open_olderSchema_isMigratedKeptAndWrittenBack() {
    saved(App.START.themed("dark"));
    byte[] original = disk.bytes(FILE);
    try (Persistence persistence =
        settings(store)
            .schema(3)
            .migrate(2, tree -> tree.with("/size", Tree.of(tree.at("/size").asInt() * 2)))
            .migrate(1, tree -> tree.with("/size", Tree.of(21)))
            .open(disk, FILE, Preferences.CODEC, Runnable::run)) {
      assertThat(store.get().prefs()).isEqualTo(new Preferences("dark", 42));
      assertThat(now(persistence.hydrated())).isInstanceOf(Restored.Loaded.class);
      assertThat(disk.bytes(Path.of(FILE + ".v1"))).isEqualTo(original);
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.Pending());
      time.advance(Duration.ofMillis(100));
      assertThat(text(FILE)).contains("\"schema\":3,").contains("\"size\":42");
    }
  }

  @Test
  void open_newerSchema_isRefusedAndNothingIsWritten() {
    saved(App.START.themed("dark"));
    try (Persistence newer =
        settings(Store.of(App.START))
            .schema(2)
            .migrate(1, tree -> tree)
            .open(disk, FILE, Preferences.CODEC, Runnable::run)) {
      assertThat(now(newer.flush())).isEqualTo(new WriteResult.Saved<>(2L));
    }
    byte[] content = disk.bytes(FILE);

    try (Persistence persistence = open(store)) {
      store.update(App::larger);
      time.advance(Duration.ofSeconds(5));

      assertThat(now(persistence.hydrated()))
          .isInstanceOfSatisfying(
              Restored.Refused.class,
              refused ->
                  assertThat(refused.cause())
                      .isInstanceOf(NewerSchemaException.class)
                      .hasMessageContaining("is 2, and this program knows up to 1"));
      assertThat(persistence.status().get()).isInstanceOf(PersistenceStatus.Refused.class);
      assertThat(now(persistence.flush())).isInstanceOf(WriteResult.Rejected.class);
      assertThat(store.get().prefs()).isEqualTo(new Preferences("light", 1));
    }
    assertThat(disk.bytes(FILE)).isEqualTo(content);
  }

  @Test
  void open_gapInTheChain_failsAtOnce() {
    assertThatThrownBy(
            () ->
                settings(store)
                    .schema(4)
                    .migrate(1, tree -> tree)
                    .migrate(3, tree -> tree)
                    .open(disk, FILE, Preferences.CODEC, Runnable::run))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gap: there is none from schema 2 to 3");
    assertThatThrownBy(
            () ->
                settings(store)
                    .migrate(1, tree -> tree)
                    .open(disk, FILE, Preferences.CODEC, Runnable::run))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("when the current one is 1");
    assertThatThrownBy(() -> settings(store).migrate(1, tree -> tree).migrate(1, tree -> tree))
        .hasMessageContaining("two migrations from schema 1");
    assertThatThrownBy(() -> settings(store).schema(0)).hasMessageContaining("not 0");
  }

  @Test
  void open_migrationThrows_keepsACopyAndStartsAsMade() {
    saved(App.START.themed("dark"));
    byte[] original = disk.bytes(FILE);
    try (Reports reports = new Reports();
        Persistence persistence =
            settings(store)
                .schema(2)
                .migrate(1, tree -> tree.at("/missing").asObject())
                .open(disk, FILE, Preferences.CODEC, Runnable::run)) {
      assertThat(now(persistence.hydrated()))
          .isInstanceOfSatisfying(
              Restored.Reset.class,
              reset -> {
                assertThat(reset.problem()).contains("migration from schema 1 to 2 failed");
                assertThat(reset.keptAside()).containsExactly(Path.of(FILE + ".unreadable"));
              });
      assertThat(reports.naming("prefs.json")).hasSize(1);
      assertThat(disk.bytes(FILE)).as("left until something else is saved").isEqualTo(original);
      store.update(App::larger);
      time.advance(Duration.ofMillis(100));
      store.update(App::larger);
      time.advance(Duration.ofMillis(100));
    }
    assertThat(disk.bytes(Path.of(FILE + ".unreadable"))).isEqualTo(original);
    assertThat(text(FILE)).contains("\"schema\":2,").contains("\"size\":2");
  }

  @Test
  void open_unreadableAgainAndAgain_keepsOneCopyOfEach() {
    saved(App.START.themed("dark"));
    for (int i = 0; i < 3; i++) {
      try (Persistence persistence =
          settings(Store.of(App.START))
              .schema(2)
              .open(disk, FILE, Preferences.CODEC, Runnable::run)) {
        assertThat(now(persistence.hydrated())).isInstanceOf(Restored.Reset.class);
      }
    }
    assertThat(disk.files().stream().filter(file -> file.toString().contains(".unreadable")))
        .hasSize(1);
  }

  @Test
  void open_cutFlippedOrZeroed_usesTheBackupAndKeepsTheFile() {
    saved(App.START.themed("one"), App.START.themed("two"), App.START.themed("three"));
    byte[] whole = disk.bytes(FILE);
    byte[] backup = disk.bytes(BACKUP);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      openDamaged(flipped, backup, "bit " + bit);
    }
    for (int size = 0; size < whole.length; size++) {
      openDamaged(Arrays.copyOf(whole, size), backup, "size " + size);
    }
    openDamaged(Arrays.copyOf(whole, whole.length + 1), backup, "longer");
    openDamaged(new byte[whole.length], backup, "zeros");
  }

  private void openDamaged(byte[] damaged, byte[] backup, String what) {
    FaultyDisk broken = new FaultyDisk();
    broken.put(FILE, damaged);
    broken.put(BACKUP, backup);
    Store<App> other = Store.of(App.START);
    try (Reports reports = new Reports();
        Persistence persistence =
            settings(other).open(broken, FILE, Preferences.CODEC, Runnable::run)) {
      assertThat(other.get().prefs().theme()).as(what).isEqualTo("two");
      assertThat(now(persistence.hydrated()))
          .as(what)
          .isInstanceOfSatisfying(
              Restored.Recovered.class,
              recovered -> {
                assertThat(recovered.sequence()).isEqualTo(2);
                assertThat(recovered.keptAside()).containsExactly(Path.of(FILE + ".damaged"));
              });
      assertThat(broken.bytes(Path.of(FILE + ".damaged"))).as(what).isEqualTo(damaged);
      assertThat(reports.naming("prefs.json")).as(what).hasSize(1);
    }
    assertThat(new String(broken.bytes(FILE), StandardCharsets.UTF_8))
        .as(what + " is written back")
        .contains("\"seq\":3,")
        .contains("two");
  }

  @Test
  void open_fileAndBackupDamaged_keepsBothAndStartsAsMade() {
    disk.put(FILE, new byte[] {1, 2});
    disk.put(BACKUP, new byte[] {3});
    try (Persistence persistence = open(store)) {
      assertThat(now(persistence.hydrated()))
          .isInstanceOfSatisfying(
              Restored.Reset.class, reset -> assertThat(reset.keptAside()).hasSize(2));
      store.update(App::larger);
    }
    assertThat(disk.bytes(Path.of(FILE + ".damaged"))).containsExactly(1, 2);
    assertThat(disk.bytes(Path.of(BACKUP + ".damaged"))).containsExactly(3);
    assertThat(loaded().prefs().size()).isEqualTo(1);
  }

  @Test
  void open_twoStoresOnOneFile_secondIsRefusedAndFirstGoesOn() {
    Store<App> other = Store.of(App.START.themed("other"));
    try (Persistence first = open(store)) {
      try (Persistence second = open(other)) {
        assertThat(now(second.hydrated()))
            .isInstanceOfSatisfying(
                Restored.Refused.class,
                refused ->
                    assertThat(refused.cause())
                        .isInstanceOf(FileInUseException.class)
                        .hasMessageContaining("in use by something else in this process"));
        other.update(App::larger);
      }
      store.update(App::larger);
    }
    assertThat(loaded().prefs()).isEqualTo(new Preferences("light", 1));
  }

  @Test
  void open_folderThatCannotBeWritten_isRefusedAndTheStoreWorksOn() {
    saved(App.START.themed("dark"));
    byte[] before = disk.bytes(FILE);
    disk.failAt(1, Fault.FAILS); // taking the lock
    try (Reports reports = new Reports();
        Persistence persistence = open(store)) {
      store.update(App::larger);

      assertThat(persistence.status().get())
          .isInstanceOfSatisfying(
              PersistenceStatus.Refused.class,
              refused ->
                  assertThat(refused.cause())
                      .hasMessageContaining("Cannot load '/data/prefs.json'")
                      .hasMessageContaining("may read and write its folder"));
      assertThat(reports.naming("Persistence of store 'app'")).hasSize(1);
      assertThat(store.get().prefs().size()).isEqualTo(1);
    }
    assertThat(disk.bytes(FILE)).isEqualTo(before);
    assertThat(loaded().prefs().theme()).isEqualTo("dark");
  }

  @Test
  void save_codecCannotEncode_keepsTheFileAndTriesAtTheNextChange() {
    saved(App.START.themed("dark"));
    byte[] before = disk.bytes(FILE);
    Codec<Preferences> picky =
        Codec.of(
            "picky",
            prefs -> {
              if (prefs.size() == 13) {
                throw new IllegalArgumentException("13 has no form");
              }
              return Preferences.CODEC.encode(prefs);
            },
            Preferences.CODEC::decode);
    try (Reports reports = new Reports();
        Persistence persistence = settings(store).open(disk, FILE, picky, Runnable::run)) {
      store.update(app -> app.withPrefs(new Preferences("dark", 13)));
      time.advance(Duration.ofMinutes(5));

      assertThat(persistence.status().get())
          .isInstanceOfSatisfying(
              PersistenceStatus.Failing.class,
              failing -> {
                assertThat(failing.triesAgain()).isFalse();
                assertThat(failing.cause())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot be encoded as schema 'picky'")
                    .hasMessageContaining("13 has no form");
              });
      assertThat(disk.bytes(FILE)).isEqualTo(before);
      assertThat(reports.naming("Persistence of store 'app'")).hasSize(1);
      assertThat(now(persistence.flush())).isInstanceOf(WriteResult.Failed.class);
      store.update(App::larger);
      time.advance(Duration.ofMillis(100));
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(2));
    }
  }

  @Test
  void save_diskFull_isShownTriedAgainAndSavedWhenThereIsSpace() {
    try (Reports reports = new Reports();
        Persistence persistence = open(store)) {
      disk.failAt(0, Fault.FULL);
      store.update(App::larger);
      time.advance(Duration.ofSeconds(10));

      assertThat(persistence.status().get())
          .isInstanceOfSatisfying(
              PersistenceStatus.Failing.class,
              failing -> {
                assertThat(failing.triesAgain()).isTrue();
                assertThat(failing.cause())
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("prefs.json");
              });
      assertThat(reports.naming("Persistence of store 'app'")).hasSize(1);
      disk.heal();
      time.advance(Duration.ofMinutes(1));
      assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.UpToDate(1));
    }
    assertThat(loaded().prefs().size()).isEqualTo(1);
  }

  @Test
  void close_diskFull_saysThatTheLastStateIsNotSaved() {
    saved(App.START.themed("dark"));
    Persistence persistence = open(store);
    Recorder<PersistenceStatus> told = new Recorder<>();
    persistence.status().subscribe(told);
    store.update(App::larger);
    disk.failAt(0, Fault.FULL);

    assertThatThrownBy(persistence::close)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("last state of store 'app' was not saved")
        .hasMessageContaining("No space left");

    assertThat(told.values().get(told.values().size() - 1))
        .isInstanceOfSatisfying(
            PersistenceStatus.Closed.class, closed -> assertThat(closed.unsaved()).isNotNull());
    disk.heal();
    assertThat(loaded().prefs()).isEqualTo(new Preferences("dark", 0));
  }

  @Test
  void close_executorRefuses_savesOnThisThread() {
    Executor[] executor = {Runnable::run};
    Persistence persistence =
        settings(store).open(disk, FILE, Preferences.CODEC, task -> executor[0].execute(task));
    executor[0] =
        task -> {
          throw new java.util.concurrent.RejectedExecutionException("shut down");
        };
    store.update(App::larger);
    time.advance(Duration.ofMillis(100));
    assertThat(persistence.status().get()).isInstanceOf(PersistenceStatus.Failing.class);

    persistence.close();

    assertThat(loaded().prefs().size()).isEqualTo(1);
  }

  @Test
  void close_storeClosedBefore_savesItsLastState() {
    Persistence persistence = open(store);
    store.update(App::larger);
    store.close();

    persistence.close();

    assertThat(loaded().prefs().size()).isEqualTo(1);
  }

  @Test
  void decode_codecThrows_startsAsMadeAndKeepsTheFile() {
    saved(App.START.themed("dark"));
    Codec<Preferences> strict =
        Codec.of(
            "strict",
            Preferences.CODEC::encode,
            bytes -> {
              throw new CodecException("strict", "no", new IllegalStateException());
            });
    try (Persistence persistence = settings(store).open(disk, FILE, strict, Runnable::run)) {
      assertThat(now(persistence.hydrated())).isInstanceOf(Restored.Reset.class);
      assertThat(store.get()).isEqualTo(App.START);
    }
  }

  @Test
  void fold_everyCase_choosesItsFunction() {
    StorageException cause = new StorageException("why", null);
    List<Restored> all =
        List.of(
            new Restored.Fresh(),
            new Restored.Loaded(1, 1, time.now()),
            new Restored.Recovered(1, 1, time.now(), "p", List.of()),
            new Restored.Reset("p", List.of()),
            new Restored.Refused(cause));
    assertThat(all.stream().map(r -> r.fold(() -> 0, x -> 1, x -> 2, x -> 3, x -> 4)))
        .containsExactly(0, 1, 2, 3, 4);
    List<PersistenceStatus> statuses =
        List.of(
            new PersistenceStatus.Hydrating(),
            new PersistenceStatus.UpToDate(1),
            new PersistenceStatus.Pending(),
            new PersistenceStatus.Failing(cause, true),
            new PersistenceStatus.Refused(cause),
            new PersistenceStatus.Closed(null));
    assertThat(statuses.stream().map(s -> s.fold(() -> 0, x -> 1, () -> 2, x -> 3, x -> 4, x -> 5)))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }
}
