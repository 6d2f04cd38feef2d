package io.stateward.examples.board;

import io.stateward.examples.Json;
import io.stateward.persist.Persistence;
import io.stateward.persist.PersistenceStatus;
import io.stateward.persist.StorageException;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The preferences in their file. If that cannot be had, the board runs without, and says so.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Keeping {

  static final String FILE = "preferences.json";
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  private final Path file;
  private final Persistence persistence;

  // excerpt: preferences
  /** Reads the file into the store, and from then on saves what changes; the views are not kept. */
  Keeping(Store<Desk> desk, Path folder, Timekeeper timekeeper, Executor executor) {
    file = folder.resolve(FILE).toAbsolutePath();
    persistence =
        Persistence.of(desk)
            .partialize(Desk::preferences, Desk::withPreferences)
            .schema(1)
            .timekeeper(timekeeper)
            .open(file, Preferences.CODEC, executor);
  }

  /** Waits until the store holds what was in the file, so that no page shows anything else. */
  void awaitHydrated() {
    persistence.hydrated().toCompletableFuture().join();
  }

  Signal<PersistenceStatus> status() {
    return persistence.status();
  }

  // end of excerpt

  /** Returns a status as pages are told it. */
  String json(PersistenceStatus status) {
    return status.<String>fold(
        () -> json("reading", null),
        sequence -> json("saved", null),
        () -> json("saving", null),
        failing -> json("failing", failing.cause()),
        cause -> json("refused", cause),
        closed -> json("closed", closed.unsaved()));
  }

  private String json(String state, @Nullable Throwable problem) {
    return Json.object()
        .put("state", state)
        .put("file", file.toString())
        .put("problem", problem == null ? null : String.valueOf(problem.getMessage()))
        .toString();
  }

  /** Saves what is not saved yet. */
  void close() {
    try {
      persistence.close();
    } catch (StorageException e) {
      LOG.warn("The last change of the preferences is lost.", e);
    }
  }
}
