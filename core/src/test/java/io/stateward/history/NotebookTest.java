package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What may come between taking a note and folding it, one schedule at a time. */
final class NotebookTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Notebook<String> notebook = new Notebook<>("");

  /** Takes a note, the first fold of which is overtaken by what another thread does. */
  private void noteOvertakenBy(String text, Runnable other) {
    AtomicBoolean first = new AtomicBoolean(true);
    notebook.note(
        account -> {
          if (first.getAndSet(false)) {
            Concurrently.elsewhere(PATIENCE, other);
          }
          return account + text;
        });
  }

  @Test
  void account_othersFoldTheSameNoteMeanwhile_countsItOnce() {
    noteOvertakenBy("a", notebook::account);

    assertThat(notebook.account()).isEqualTo("a");
    assertThat(notebook.folded()).isEqualTo("a");
  }

  @Test
  void account_othersTakeNotesMeanwhile_foldsThemToo() {
    noteOvertakenBy("a", () -> notebook.note(account -> account + "b"));

    assertThat(notebook.account()).isEqualTo("ab");
  }

  @Test
  void account_othersFoldAndTakeNotesMeanwhile_countsEachOnce() {
    noteOvertakenBy(
        "a",
        () -> {
          notebook.account();
          notebook.note(account -> account + "b");
        });

    assertThat(notebook.account()).isEqualTo("ab");
  }

  @Test
  void account_resetMeanwhile_staysReset() {
    noteOvertakenBy("a", () -> notebook.reset("new"));

    assertThat(notebook.account()).isEqualTo("new");
  }

  @Test
  void undo_commitWhileItWaitsForTheLock_undoesThatCommit() {
    Store<String> store = Store.of("text", "");
    try (Gate delivery = new Gate(PATIENCE);
        Gate updater = new Gate(PATIENCE)) {
      store.subscribe(change -> delivery.hold());
      History<String> history = History.of(store);
      CompletableFuture<Void> drainer = Concurrently.start(() -> store.set("a"));
      delivery.awaitHeld(); // nothing is delivered from here on
      CompletableFuture<Void> committer =
          Concurrently.start(
              () ->
                  store.update(
                      text -> {
                        updater.hold();
                        return text + "b";
                      }));
      updater.awaitHeld();
      AtomicReference<Thread> undoing = new AtomicReference<>();
      AtomicReference<UndoResult<String>> result = new AtomicReference<>();
      CompletableFuture<Void> undo =
          Concurrently.start(
              () -> {
                undoing.set(Thread.currentThread());
                result.set(history.undo());
              });
      awaitWaiting(undoing);
      updater.open();
      Concurrently.finish(PATIENCE, undo);
      Concurrently.finish(PATIENCE, committer);

      assertThat(result.get()).isEqualTo(new UndoResult.Undone<>(null, "a"));
      assertThat(history.undo()).isEqualTo(new UndoResult.Undone<>(null, ""));
      delivery.open();
      Concurrently.finish(PATIENCE, drainer);
      assertThat(history.status().get()).isEqualTo(new HistoryStatus(0, 2, null, null, 0, false));
    }
  }

  private static void awaitWaiting(AtomicReference<Thread> thread) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Thread seen = thread.get();
    while (seen == null || seen.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("the undo waits for the lock").isLessThan(end);
      Thread.onSpinWait();
      seen = thread.get();
    }
  }
}
