package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sequences of whatever can be done, to a history of a slice and to a plain list of states. */
final class HistoryPropertyTest {

  private static final long WINDOW_MILLIS = 100;

  /** A part that is equal and not identical to another of the same number. */
  record Part(int number) {}

  /** The whole, of which only one part has a history. */
  record Whole(Part part, int other) {
    Whole withPart(Part next) {
      return new Whole(next, other);
    }
  }

  /** The history under test, beside the model. */
  private static final class Pair {
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final Store<Whole> whole = Store.of(new Whole(new Part(0), 0));
    final Store<Part> part = whole.slice(Whole::part, Whole::withPart);
    final History<Part> history;
    final HistoryModel model;
    long millis;

    Pair(int steps, long retained) {
      history =
          History.over(part)
              .steps(steps)
              .retaining(
                  retained, (older, newer) -> HistoryModel.sizeOf(older.number(), newer.number()))
              .coalescing(Duration.ofMillis(WINDOW_MILLIS))
              .timekeeper(time)
              .start();
      model = new HistoryModel(0, steps, retained, WINDOW_MILLIS);
    }

    void set(int number) {
      part.set(new Part(number));
    }

    void compare() {
      SavedHistory<Part> saved = history.save();
      assertThat(part.get().number()).isEqualTo(model.state());
      assertThat(saved.present()).isEqualTo(model.present());
      assertThat(saved.base().number()).isEqualTo(model.states().get(0));
      assertThat(saved.steps())
          .extracting(step -> step.state().number())
          .isEqualTo(model.states().subList(1, model.states().size()));
      assertThat(history.status().get())
          .isEqualTo(
              new HistoryStatus(
                  model.present(),
                  model.states().size() - 1 - model.present(),
                  model.undoName(),
                  model.redoName(),
                  model.retained(),
                  model.isPaused()));
    }
  }

  /** One thing to do. */
  sealed interface Step {
    void doTo(Pair pair);

    /** A change like any other. */
    record Change(int to) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.set(to);
        pair.model.change(to, null, null, pair.millis);
      }
    }

    /** Several changes, some of them not recorded, as one step. */
    record Group(List<Integer> all, int unrecorded) implements Step {
      @Override
      public void doTo(Pair pair) {
        Object identity = new Object();
        pair.history.group(
            "group",
            () -> {
              all.forEach(to -> pair.history.coalesce("inner", "a", () -> pair.set(to)));
              pair.history.unrecorded(() -> pair.set(unrecorded));
            });
        all.forEach(to -> pair.model.change(to, "group", identity, pair.millis));
        pair.model.unrecorded(unrecorded);
      }
    }

    /** A change that may join the one before. */
    record Type(String key, int to) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.history.coalesce("type " + key, key, () -> pair.set(to));
        pair.model.change(to, "type " + key, key, pair.millis);
      }
    }

    /** A change that is no step. */
    record Unrecorded(int to) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.history.unrecorded(() -> pair.set(to));
        pair.model.unrecorded(to);
      }
    }

    /** A change of what has no history. */
    record ChangeOther(int to) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.whole.update(whole -> new Whole(whole.part(), to));
      }
    }

    /** Undo or redo. */
    record Move(boolean back) implements Step {
      @Override
      public void doTo(Pair pair) {
        int other = pair.whole.get().other();
        boolean moved =
            back
                ? pair.history.undo().fold(undone -> true, () -> false)
                : pair.history.redo().fold(redone -> true, () -> false);
        assertThat(moved).isEqualTo(pair.model.move(back ? -1 : 1));
        assertThat(pair.whole.get().other()).isEqualTo(other);
      }
    }

    /** Pause or resume. */
    record Pause(boolean paused) implements Step {
      @Override
      public void doTo(Pair pair) {
        if (paused) {
          pair.history.pause();
        } else {
          pair.history.resume();
        }
        pair.model.pause(paused);
      }
    }

    /** Time passes. */
    record Wait(int millis) implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.time.advance(Duration.ofMillis(millis));
        pair.millis += millis;
      }
    }

    /** Everything is forgotten. */
    record Clear() implements Step {
      @Override
      public void doTo(Pair pair) {
        pair.history.clear();
        pair.model.clear();
      }
    }
  }

  @Property(seed = "19780", tries = 2_000)
  void everyStep_isWhatTheListOfStatesSays(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 6) int most,
      @ForAll @IntRange(min = 1, max = 20) int retained) {
    Pair pair = new Pair(most, retained);

    for (Step step : steps) {
      step.doTo(pair);
      pair.compare();
    }
  }

  @Property(seed = "19781", tries = 500)
  void undoAllAndRedoAll_leadsThroughTheSameStates(@ForAll("steps") List<Step> steps) {
    Pair pair = new Pair(1_000, Long.MAX_VALUE);
    steps.forEach(step -> step.doTo(pair));
    pair.history.resume();
    while (pair.history.redo().fold(redone -> true, () -> false)) {}
    SavedHistory<Part> before = pair.history.save();

    while (pair.history.undo().fold(undone -> true, () -> false)) {}
    assertThat(pair.part.get()).isEqualTo(before.base());
    for (SavedHistory.Step<Part> step : before.steps()) {
      assertThat(pair.history.redo()).isEqualTo(new RedoResult.Redone<>(step.name(), step.state()));
    }

    assertThat(pair.history.save()).isEqualTo(before);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> states = Arbitraries.integers().between(0, 4);
    return Arbitraries.<Step>oneOf(
            states.map(Step.Change::new),
            Combinators.combine(Arbitraries.of("a", "b"), states).as(Step.Type::new),
            Combinators.combine(states.list().ofMaxSize(3), states).as(Step.Group::new),
            states.map(Step.Unrecorded::new),
            states.map(Step.ChangeOther::new),
            Arbitraries.of(true, true, false).map(Step.Move::new),
            Arbitraries.of(true, false, false).map(Step.Pause::new),
            Arbitraries.of(30, 100, 101).map(Step.Wait::new),
            Arbitraries.of(true, false, false, false)
                .map(clear -> clear ? new Step.Clear() : new Step.Move(true)))
        .list()
        .ofMaxSize(40);
  }
}
