package io.stateward.examples.cookbook;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.jackson.Jackson;
import io.stateward.persist.Persistence;
import io.stateward.persist.PersistenceStatus;
import io.stateward.persist.Restored;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A part of the state that outlives the process, and the versions of its form. */
final class Preferences {

  private Preferences() {}

  // tag: state
  enum Theme {
    LIGHT,
    DARK
  }

  record Prefs(Theme theme, List<String> pinned) {}

  record Desk(Prefs prefs, String search) {

    static Desk fresh() {
      return new Desk(new Prefs(Theme.LIGHT, List.of()), "");
    }

    Desk withPrefs(Prefs now) {
      return new Desk(now, search);
    }
  }

  // end

  // tag: codec
  static final Codec<Prefs> PREFS = Jackson.codec("prefs", Prefs.class);

  // end

  static Persistence open(Scope application, Store<Desk> store, Path folder, Executor executor) {
    // tag: open
    Persistence kept =
        application.own(
            Persistence.of(store)
                .partialize(Desk::prefs, Desk::withPrefs)
                .open(folder.resolve("prefs.json"), PREFS, executor));
    // end
    return kept;
  }

  static void hydrated(Persistence kept, Consumer<String> show) {
    // tag: hydrated
    kept.hydrated().thenAccept(found -> show.accept(Preferences.told(found)));
    // end
  }

  // tag: told
  static String told(Restored found) {
    return found.fold(
        () -> "welcome",
        loaded -> "as of " + loaded.savedAt(),
        recovered -> "as of " + recovered.savedAt() + ", since the newest file was damaged",
        reset -> "the preferences could not be read, and are kept as " + reset.keptAside(),
        refused -> "not loaded: " + refused.getMessage());
  }

  // end

  static Signal<String> badge(Persistence kept) {
    // tag: badge
    Signal<String> badge = kept.status().map(Preferences::badge);
    // end
    return badge;
  }

  // tag: status
  static String badge(PersistenceStatus status) {
    return status.fold(
        () -> "loading",
        sequence -> "saved",
        () -> "not saved yet",
        failing -> "not saved: " + failing.cause().getMessage(),
        refused -> "not saved: " + refused.getMessage(),
        closed -> "");
  }

  // end

  static Persistence migrated(
      Store<Desk> store, Path folder, Timekeeper timekeeper, Executor executor) {
    // tag: migrated
    Persistence kept =
        Persistence.of(store)
            .partialize(Desk::prefs, Desk::withPrefs)
            .schema(2)
            .migrate(1, Preferences::themeInsteadOfDark)
            .timekeeper(timekeeper)
            .open(folder.resolve("prefs.json"), PREFS, executor);
    // end
    return kept;
  }

  // tag: migration
  /** Schema 1 was {"dark": true, "pinned": [...]}. */
  static Tree themeInsteadOfDark(Tree tree) {
    String theme = tree.at("/dark").asBoolean() ? "DARK" : "LIGHT";
    return tree.without("/dark").with("/theme", Tree.of(theme));
  }

  // end

  // tag: byHand
  static final TreeCodec<Theme> THEME =
      TreeCodec.of("theme", theme -> Tree.of(theme.name()), tree -> Theme.valueOf(tree.asString()));
  // end
}
