package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Codec;
import io.stateward.examples.cookbook.Preferences.Desk;
import io.stateward.examples.cookbook.Preferences.Prefs;
import io.stateward.examples.cookbook.Preferences.Theme;
import io.stateward.jackson.Jackson;
import io.stateward.persist.Persistence;
import io.stateward.persist.Restored;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.testkit.Failures;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreferencesTest {

  /** What the version before kept. */
  record OldPrefs(boolean dark, List<String> pinned) {}

  private static final Codec<OldPrefs> OLD = Jackson.codec("prefs", OldPrefs.class);
  private static final Prefs DARK = new Prefs(Theme.DARK, List.of("init"));

  @TempDir private Path folder;
  private final List<String> shown = new ArrayList<>();
  private final VirtualTimekeeper time = VirtualTimekeeper.create();

  private static Store<Desk> desk() {
    return Store.of("desk", Desk.fresh());
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void saveOnce() {
    Store<Desk> store = desk();
    try (Scope application = Scope.root("application")) {
      Preferences.open(application, store, folder, Runnable::run);
      store.update(it -> it.withPrefs(DARK));
    }
  }

  @Test
  void open_nextProcess_findsWhatWasSaved() {
    saveOnce();

    Store<Desk> store = desk();
    try (Scope application = Scope.root("application")) {
      Persistence kept = Preferences.open(application, store, folder, Runnable::run);
      Preferences.hydrated(kept, shown::add);

      assertThat(store.get().prefs()).isEqualTo(DARK);
      assertThat(shown).singleElement().asString().startsWith("as of ");
    }
  }

  @Test
  void open_damagedFile_isKeptAside() throws IOException {
    Files.writeString(folder.resolve("prefs.json"), "{ nonsense");

    Store<Desk> store = desk();
    try (Failures failures = Failures.about("prefs.json");
        Scope application = Scope.root("application")) {
      Preferences.hydrated(Preferences.open(application, store, folder, Runnable::run), shown::add);

      assertThat(store.get()).isEqualTo(Desk.fresh());
      assertThat(shown).singleElement().asString().contains("could not be read", ".damaged");
      assertThat(failures.list()).hasSize(1);
    }
  }

  @Test
  void hydrated_updatesMeanwhile_areAppliedToWhatWasLoaded() {
    saveOnce();
    ManualExecutor executor = new ManualExecutor();
    Store<Desk> store = desk();

    try (Scope application = Scope.root("application")) {
      Preferences.open(application, store, folder, executor);
      store.update(it -> it.withPrefs(new Prefs(it.prefs().theme(), List.of("java"))));
      executor.runAll();

      assertThat(store.get().prefs()).isEqualTo(new Prefs(Theme.DARK, List.of("java")));
    }
  }

  @Test
  void badge_followsTheFile() {
    Store<Desk> store = desk();
    try (Persistence kept = Preferences.migrated(store, folder, time, Runnable::run)) {
      Signal<String> badge = Preferences.badge(kept);
      assertThat(badge.get()).isEqualTo("saved");

      store.update(it -> it.withPrefs(DARK));
      assertThat(badge.get()).isEqualTo("not saved yet");
      time.advance(Duration.ofMillis(200));
      assertThat(badge.get()).isEqualTo("saved");
    }
  }

  @Test
  void migrated_oldFile_isReadAndKept() {
    Store<OldPrefs> old = Store.of("old", new OldPrefs(false, List.of()));
    try (Persistence kept =
        Persistence.of(old).open(folder.resolve("prefs.json"), OLD, Runnable::run)) {
      old.set(new OldPrefs(true, List.of("init")));
    }

    Store<Desk> store = desk();
    try (Persistence kept = Preferences.migrated(store, folder, time, Runnable::run)) {
      assertThat(now(kept.hydrated())).isInstanceOf(Restored.Loaded.class);
      assertThat(store.get().prefs()).isEqualTo(DARK);
    }
    assertThat(folder.resolve("prefs.json.v1")).exists();
  }

  @Test
  void open_newerSchema_isRefusedAndLeftAlone() throws IOException {
    saveAs2();
    byte[] before = Files.readAllBytes(folder.resolve("prefs.json"));

    Store<Desk> store = desk();
    try (Failures failures = Failures.about("prefs.json");
        Scope application = Scope.root("application")) {
      Persistence kept = Preferences.open(application, store, folder, Runnable::run);
      store.update(it -> it.withPrefs(new Prefs(Theme.LIGHT, List.of("java"))));

      assertThat(now(kept.hydrated())).isInstanceOf(Restored.Refused.class);
      assertThat(failures.list()).hasSize(1);
    }
    assertThat(folder.resolve("prefs.json")).hasBinaryContent(before);
  }

  private void saveAs2() {
    Store<Desk> store = desk();
    try (Persistence kept = Preferences.migrated(store, folder, time, Runnable::run)) {
      store.update(it -> it.withPrefs(DARK));
    }
  }

  @Test
  void byHand_roundTrip() {
    byte[] bytes = Preferences.THEME.encode(Theme.DARK);

    assertThat(Preferences.THEME.decode(bytes)).isEqualTo(Theme.DARK);
  }
}
