package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.persist.Preferences.App;
import io.stateward.signal.Concurrently;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;

/** Threads that update, flush and close at once, while the state is loaded and saved. */
final class PersistenceThreadsTest {

  private static final Path FILE = Path.of("/data/prefs.json");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int UPDATES = 50;

  private static Persistence open(Disk disk, Store<App> store, ExecutorService executor) {
    return Persistence.of(store)
        .partialize(App::prefs, App::withPrefs)
        .debounce(Duration.ofMillis(1))
        .open(disk, FILE, Preferences.CODEC, executor);
  }

  @RepeatedTest(20)
  void update_fromManyThreadsWhileLoadingSavingAndClosing_losesNothing() {
    FaultyDisk disk = new FaultyDisk();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      int expected = 0;
      for (int process = 0; process < 3; process++) {
        Store<App> store = Store.of(App.START);
        Persistence persistence = open(disk, store, executor);
        Runnable updates =
            () -> {
              for (int i = 0; i < UPDATES; i++) {
                store.update(App::larger);
              }
            };
        Runnable flushes =
            () -> {
              for (int i = 0; i < 5; i++) {
                WriteResult<Long> result = persistence.flush().toCompletableFuture().join();
                assertThat(result.isSaved()).isTrue();
              }
            };
        Concurrently.together(PATIENCE, updates, updates, flushes);
        Concurrently.elsewhere(PATIENCE, persistence::close);
        expected += 2 * UPDATES;
        assertThat(store.get().prefs().size()).isEqualTo(expected);
        assertThat(persistence.status().get()).isEqualTo(new PersistenceStatus.Closed(null));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @RepeatedTest(20)
  void close_whileAnotherThreadUpdates_savesAllThatWasUpdatedBefore() {
    FaultyDisk disk = new FaultyDisk();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      Store<App> store = Store.of(App.START);
      Persistence persistence = open(disk, store, executor);
      int[] before = new int[1];
      Concurrently.together(
          PATIENCE,
          () -> {
            for (int i = 0; i < UPDATES; i++) {
              store.update(App::larger);
            }
          },
          () -> {
            before[0] = store.get().prefs().size();
            persistence.close();
          });

      Store<App> again = Store.of(App.START);
      open(disk, again, executor).close();
      assertThat(again.get().prefs().size()).isBetween(before[0], UPDATES);
    } finally {
      executor.shutdownNow();
    }
  }
}
