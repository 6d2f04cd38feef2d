package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Recorder;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that change, group, undo and redo at the same time. Every state is one of a kind, so the
 * order of commits tells what each of them was; the history has to be what the list of states makes
 * of that order.
 */
final class HistoryThreadsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int THREADS = 4;
  private static final int ROUNDS = 5_000;

  /** A state of its own, and the group it was made in. */
  record Part(int number, int group) {}

  /** The whole; the other part is changed all the time as well. */
  record Whole(Part part, int other) {}

  private final Store<Whole> whole = Store.of(new Whole(new Part(0, 0), 0));
  private final Store<Part> part =
      whole.slice(Whole::part, (all, next) -> new Whole(next, all.other()));
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger groups = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {5, 1_000_000})
  void manyThreads_historyIsWhatTheOrderOfCommitsSays(int steps) {
    Recorder<Part> commits = new Recorder<>();
    part.subscribe(commits);
    History<Part> history = History.over(part).steps(steps).start();

    Concurrently.together(
        PATIENCE,
        IntStream.range(0, THREADS)
            .mapToObj(seed -> (Runnable) () -> work(history, new Random(seed)))
            .toArray(Runnable[]::new));

    HistoryModel model = modelOf(commits.values(), steps);
    SavedHistory<Part> saved = history.save();
    commits.verifyJoined();
    assertThat(saved.present()).isEqualTo(model.present());
    assertThat(saved.base().number()).isEqualTo(model.states().get(0));
    assertThat(saved.steps())
        .extracting(step -> step.state().number())
        .isEqualTo(model.states().subList(1, model.states().size()));
    assertThat(history.status().get().undoable()).isEqualTo(model.present());
  }

  private void work(History<Part> history, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      switch (random.nextInt(6)) {
        case 0 -> history.undo();
        case 1 -> history.redo();
        case 2 -> whole.update(all -> new Whole(all.part(), all.other() + 1));
        case 3 -> {
          int group = groups.incrementAndGet();
          history.group(
              "group",
              () -> {
                change(group);
                change(group);
                change(group);
              });
        }
        default -> change(0);
      }
    }
  }

  private void change(int group) {
    part.set(new Part(numbers.incrementAndGet(), group));
  }

  /** Applies the commits one by one: a state that was seen before is an undo or a redo. */
  private static HistoryModel modelOf(List<Part> commits, int steps) {
    HistoryModel model = new HistoryModel(0, steps, Long.MAX_VALUE, 0);
    Map<Integer, Part> seen = new HashMap<>(Map.of(0, new Part(0, 0)));
    for (Part commit : commits) {
      if (seen.put(commit.number(), commit) == null) {
        @Nullable Integer group = commit.group() == 0 ? null : commit.group();
        model.change(commit.number(), null, group, 0);
      } else {
        List<Integer> states = model.states();
        int by = states.indexOf(commit.number()) - model.present();
        assertThat(by).as("an undo or a redo goes one step").isIn(-1, 1);
        model.move(by);
      }
    }
    return model;
  }
}
