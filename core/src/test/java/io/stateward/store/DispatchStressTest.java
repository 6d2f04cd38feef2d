package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Threads that dispatch, update, and update atomically with and without success, while recorders
 * come and go: what is claimed is that each recorder hears of every commit of its time, once, in
 * order, each starting where the one before ended, with the actions that lead from one to the
 * other.
 */
final class DispatchStressTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 4_000;

  private final ReducingStore<Sample, Deed> store =
      Store.reducing("stressed", Sample.of(0, 0), Deed.reducer());
  private final Store<Integer> other = Store.of("other", 0);
  private final Reducer<Sample, Deed> reducer = Deed.reducer();

  private void dispatches() {
    for (int i = 1; i <= ROUNDS; i++) {
      store.dispatch(i % 7 == 0 ? new Deed.Rebuild() : new Deed.Add(i % 5 - 2));
    }
  }

  private void atomicUpdates() {
    for (int i = 1; i <= ROUNDS; i++) {
      boolean fails = i % 3 == 0;
      boolean updates = i % 5 == 0;
      try {
        Store.atomically(
            () -> {
              store.dispatch(new Deed.Add(1));
              if (updates) {
                store.update(state -> state.withRight(state.right() + 1));
              }
              store.dispatch(new Deed.Move(2));
              if (fails) {
                throw new IllegalStateException("foreign");
              }
            },
            store,
            other);
      } catch (IllegalStateException expected) {
        // nothing was committed
      }
    }
  }

  private void updates() {
    for (int i = 1; i <= ROUNDS; i++) {
      store.update(state -> state.withRight(state.right() - 1));
    }
  }

  private void verify(List<Commit<Sample, Deed>> commits) {
    for (int i = 0; i < commits.size(); i++) {
      Commit<Sample, Deed> commit = commits.get(i);
      Commit<Sample, Deed> last = i == 0 ? null : commits.get(i - 1);
      if (last != null) {
        assertThat(commit.version()).isEqualTo(last.version() + 1);
        assertThat(commit.before()).isSameAs(last.after());
      }
      Sample folded = commit.before();
      for (Deed deed : commit.actions()) {
        folded = reducer.reduce(folded, deed);
      }
      if (!commit.actions().isEmpty()) {
        assertThat(folded).isEqualTo(commit.after());
      }
    }
  }

  @Test
  void recorders_manyThreads_hearOfEveryCommitOfTheirTime() {
    List<Commit<Sample, Deed>> all = new ArrayList<>(); // recorders are called one at a time
    List<List<Commit<Sample, Deed>>> visitors = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    store.use(Middleware.recording(all::add));

    Concurrently.together(
        PATIENCE,
        () -> {
          Concurrently.together(
              PATIENCE, this::dispatches, this::dispatches, this::atomicUpdates, this::updates);
          done.set(true);
        },
        () -> {
          while (!done.get()) {
            List<Commit<Sample, Deed>> heard = new ArrayList<>();
            long before = store.version();
            try (Subscription recording = store.use(Middleware.recording(heard::add))) {
              for (int i = 0; i < 20; i++) {
                store.dispatch(new Deed.Add(1));
              }
            }
            visitors.add(heard);
            assertThat(store.version()).isGreaterThanOrEqualTo(before + 20);
          }
        });

    assertThat(all)
        .extracting(Commit::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, store.version()).boxed().toList());
    verify(all);
    assertThat(visitors).isNotEmpty();
  }

  @Test
  void recorder_thatComesAmidCommits_hearsOfAllFromThenOn() {
    for (int round = 0; round < 40; round++) {
      List<Commit<Sample, Deed>> heard = new ArrayList<>();
      AtomicBoolean used = new AtomicBoolean();
      Concurrently.together(
          PATIENCE,
          () -> {
            for (int i = 0; i < 200 || !used.get(); i++) {
              store.dispatch(new Deed.Add(1));
            }
          },
          () -> {
            long before = store.version();
            store.use(Middleware.recording(heard::add));
            long after = store.version();
            used.set(true);
            store.dispatch(new Deed.Move(1));
            assertThat(before).isLessThanOrEqualTo(after);
          });

      assertThat(heard).isNotEmpty();
      assertThat(heard.get(heard.size() - 1).version()).isEqualTo(store.version());
      verify(heard);
    }
  }
}
