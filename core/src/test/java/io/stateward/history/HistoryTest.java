package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import io.stateward.store.Lens;
import io.stateward.store.Middleware;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import io.stateward.store.VetoedException;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Undo and redo, one rule at a time. */
final class HistoryTest {

  private final Store<String> store = Store.of("text", "");
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final History<String> history = History.over(store).timekeeper(time).start();

  private void append(String more) {
    store.update(text -> text + more);
  }

  private void type(String more) {
    history.coalesce("Typing", "field", () -> append(more));
  }

  private static String told(History<String> history) {
    return history.undo().fold(undone -> "Undid " + undone.step(), () -> "Nothing to undo");
  }

  @Test
  void undo_everyUpdateIsAStep_goesBackOneByOne() {
    append("a");
    append("b");

    assertThat(history.undo()).isEqualTo(new UndoResult.Undone<>(null, "a"));
    assertThat(history.undo()).isEqualTo(new UndoResult.Undone<>(null, ""));
    assertThat(store.get()).isEmpty();
  }

  @Test
  void undo_nothingToUndo_isAResultAndChangesNothing() {
    long version = store.version();

    assertThat(history.undo()).isEqualTo(new UndoResult.NothingToUndo<>());
    assertThat(history.redo()).isEqualTo(new RedoResult.NothingToRedo<>());
    assertThat(told(history)).isEqualTo("Nothing to undo");
    assertThat(store.version()).isEqualTo(version);
  }

  @Test
  void redo_afterUndo_bringsTheStepAgain() {
    history.group("Insert", () -> append("a"));
    history.undo();

    assertThat(history.redo()).isEqualTo(new RedoResult.Redone<>("Insert", "a"));
    assertThat(history.redo().<String>fold(RedoResult.Redone::step, () -> "nothing"))
        .isEqualTo("nothing");
  }

  @Test
  void redo_afterANewEdit_isGone() {
    append("a");
    history.undo();
    append("b");

    assertThat(history.redo()).isEqualTo(new RedoResult.NothingToRedo<>());
    assertThat(store.get()).isEqualTo("b");
  }

  @Test
  void group_severalUpdates_isOneStep() {
    history.group(
        "Paste",
        () -> {
          append("a");
          history.group("inner", () -> append("b"));
          append("c");
        });

    assertThat(history.status().get()).isEqualTo(new HistoryStatus(1, 0, "Paste", null, 0, false));
    assertThat(told(history)).isEqualTo("Undid Paste");
    assertThat(store.get()).isEmpty();
  }

  @Test
  void group_bodyThrows_keepsWhatWasChangedAsOneStep() {
    var thrown = new IllegalStateException("no");

    assertThatThrownBy(
            () ->
                history.group(
                    "Broken",
                    () -> {
                      append("a");
                      append("b");
                      throw thrown;
                    }))
        .isSameAs(thrown);
    append("c");

    history.undo();
    assertThat(store.get()).isEqualTo("ab");
    assertThat(told(history)).isEqualTo("Undid Broken");
    assertThat(store.get()).isEmpty();
  }

  @Test
  void group_endsWhereItBegan_isNoStep() {
    history.group(
        "Nothing",
        () -> {
          append("a");
          store.set("");
        });

    assertThat(history.canUndo().get()).isFalse();
  }

  @Test
  void group_anotherThreadComesBetween_isTwoSteps() {
    history.group(
        "Mine",
        () -> {
          append("a");
          Concurrently.elsewhere(Duration.ofSeconds(10), () -> append("X"));
          append("b");
        });

    history.undo();
    assertThat(store.get()).isEqualTo("aX");
    assertThat(history.undoName().get()).isNull();
    history.undo();
    assertThat(store.get()).isEqualTo("a");
    assertThat(history.undoName().get()).isEqualTo("Mine");
  }

  @Test
  void atomically_severalUpdates_isOneStep() {
    Store.atomically(
        () -> {
          append("a");
          append("b");
        },
        store);

    history.undo();
    assertThat(store.get()).isEmpty();
  }

  @Test
  void coalesce_withinTheWindow_isOneStep() {
    type("a");
    time.advance(HistoryBuilder.DEFAULT_WINDOW);
    type("b");
    time.advance(HistoryBuilder.DEFAULT_WINDOW);
    type("c");

    history.undo();
    assertThat(store.get()).isEmpty();
  }

  @Test
  void coalesce_afterTheWindow_isAnotherStep() {
    type("a");
    time.advance(HistoryBuilder.DEFAULT_WINDOW.plusNanos(1));
    type("b");

    history.undo();
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void coalesce_anotherKeyOrAnotherStepBetween_isAnotherStep() {
    type("a");
    history.coalesce("Typing", "other", () -> append("b"));
    type("c");

    history.undo();
    assertThat(store.get()).isEqualTo("ab");
    history.undo();
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void coalesce_afterUndo_isAnotherStep() {
    type("a");
    time.advance(Duration.ofSeconds(9));
    type("b");
    history.undo();
    type("c");

    history.undo();
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void pause_changesMeanwhile_belongToTheStepBefore() {
    append("a");
    history.pause();
    append("b");
    history.resume();
    append("c");

    assertThat(history.status().get().undoable()).isEqualTo(2);
    history.undo();
    assertThat(store.get()).isEqualTo("ab");
    history.undo();
    assertThat(store.get()).isEmpty();
    history.redo();
    assertThat(store.get()).isEqualTo("ab");
  }

  @Test
  void pause_withSomethingToRedo_keepsIt() {
    append("a");
    append("b");
    history.undo();
    history.pause();
    append("x");
    history.resume();

    history.redo();
    assertThat(store.get()).isEqualTo("ab");
    history.undo();
    assertThat(store.get()).isEqualTo("ax");
  }

  @Test
  void unrecorded_concernsThisThreadAlone() {
    history.unrecorded(
        () -> {
          append("a");
          Concurrently.elsewhere(Duration.ofSeconds(10), () -> append("b"));
        });

    assertThat(history.status().get().undoable()).isEqualTo(1);
    history.undo();
    assertThat(store.get()).isEqualTo("a");
    assertThat(told(history)).isEqualTo("Nothing to undo");
  }

  @Test
  void clear_forgetsStepsAndKeepsTheState() {
    append("a");
    append("b");
    history.undo();
    history.clear();

    assertThat(history.status().get()).isEqualTo(new HistoryStatus(0, 0, null, null, 0, false));
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void steps_moreThanTheBound_dropTheOldest() {
    History<String> two = History.over(store).steps(2).start();
    append("a");
    append("b");
    append("c");

    two.undo();
    two.undo();
    assertThat(told(two)).isEqualTo("Nothing to undo");
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void retaining_moreThanTheBound_dropsTheOldest() {
    History<String> small =
        History.over(store).retaining(5, StepSize.whole(String::length)).start();
    append("aa");
    append("bb");
    append("c"); // 0 + 2 + 4

    assertThat(small.status().get().retained()).isEqualTo(4);
    assertThat(small.status().get().undoable()).isEqualTo(1);
    append("dd"); // 5 for the last step alone
    assertThat(small.status().get().undoable()).isEqualTo(1);
    append("e"); // 7: larger than the bound all by itself
    assertThat(small.status().get().undoable()).isZero();
  }

  @Test
  void retaining_estimateThrowsOrIsNegative_isReportedAndCountsAsZero() {
    try (Reports reports = new Reports()) {
      History<String> odd =
          History.over(store)
              .retaining(
                  5,
                  (older, newer) -> {
                    if (newer.equals("a")) {
                      throw new IllegalStateException("no");
                    }
                    return -1;
                  })
              .start();
      append("a");
      append("b");

      assertThat(odd.status().get().retained()).isZero();
      assertThat(odd.status().get().undoable()).isEqualTo(2);
      assertThat(reports.naming("History of 'text'"))
          .extracting(failed -> failed.problem())
          .containsExactly(
              "Estimating it threw; the step counts as 0 towards what is retained.",
              "It was estimated at -1, which is negative; the step counts as 0 towards what is retained.");
    }
  }

  @Test
  void stepSize_ofCollections_countsWhatTheNewerStateLacks() {
    record Shape(long id, int bytes) {}
    record App(EntityTable<Long, Shape> shapes, PersistentMap<String, Integer> marks) {}
    EntityTable<Long, Shape> shapes = EntityTable.of(Shape::id);
    shapes = shapes.set(new Shape(1, 10)).set(new Shape(2, 100));
    App older = new App(shapes, PersistentMap.<String, Integer>of().plus("m", 7));
    App newer =
        new App(shapes.set(new Shape(1, 11)).set(new Shape(3, 1_000)), older.marks().minus("m"));

    StepSize<App> size =
        StepSize.<App, Long, Shape>entities(App::shapes, Shape::bytes)
            .plus(StepSize.entries(App::marks, Integer::longValue));

    assertThat(size.between(older, newer)).isEqualTo(17);
    assertThat(size.between(newer, older)).isEqualTo(1_011);
  }

  @Test
  void signals_moveOnlyWhenWhatTheySayChanges() {
    Recorder<Boolean> canUndo = new Recorder<>();
    Recorder<Boolean> canRedo = new Recorder<>();
    history.canUndo().subscribe(canUndo);
    history.canRedo().subscribe(canRedo);

    history.group("A", () -> append("a"));
    history.group("B", () -> append("b"));
    history.undo();
    history.undo();

    assertThat(canUndo.values()).containsExactly(true, false);
    assertThat(canRedo.values()).containsExactly(true);
    assertThat(history.redoName().get()).isEqualTo("A");
    assertThat(history.undoName().get()).isNull();
  }

  @Test
  void slice_changesOfOthers_areNoStepsAndSurviveAnUndo() {
    record Whole(String mine, String theirs) {}
    Store<Whole> whole = Store.of(new Whole("", ""));
    Store<String> mine =
        whole.slice(Lens.of(Whole::mine, (all, next) -> new Whole(next, all.theirs())));
    History<String> ofMine = History.of(mine);

    mine.set("a");
    whole.update(all -> new Whole(all.mine(), "x"));
    mine.set("b");
    ofMine.undo();

    assertThat(whole.get()).isEqualTo(new Whole("a", "x"));
    assertThat(ofMine.status().get().undoable()).isEqualTo(1);
  }

  @Test
  void undo_subscriberUpdatesInItsDelivery_thatIsAStep() {
    List<String> seen = new ArrayList<>();
    append("a");
    append("b");
    Subscription reaction =
        store.subscribe(
            change -> {
              seen.add(change.now());
              if (change.now().equals("a")) {
                append("!");
              }
            });

    history.undo();
    reaction.close();

    assertThat(seen).containsExactly("a", "a!");
    assertThat(history.status().get().undoable()).isEqualTo(2);
    history.undo();
    assertThat(store.get()).isEqualTo("a");
  }

  @Test
  void undo_vetoedByTheStore_changesNothing() {
    ReducingStore<String, String> picky = Store.reducing("picky", "", String::concat);
    History<String> ofPicky = History.of(picky);
    picky.dispatch("a");
    picky.use(Middleware.checking((before, after) -> after.isEmpty() ? "empty" : null));

    assertThatThrownBy(ofPicky::undo).isInstanceOf(VetoedException.class);

    assertThat(picky.get()).isEqualTo("a");
    assertThat(ofPicky.canUndo().get()).isTrue();
    picky.dispatch("b");
    assertThat(ofPicky.undo()).isEqualTo(new UndoResult.Undone<>(null, "a"));
  }

  @Test
  void equalityThrows_isReportedAndTheChangeIsAStep() {
    record Odd(int number) {
      @Override
      public boolean equals(Object other) {
        throw new IllegalStateException("no");
      }

      @Override
      public int hashCode() {
        return number;
      }
    }
    Store<Odd> odd = Store.of("odd", new Odd(0));
    History<Odd> ofOdd = History.of(odd);
    odd.set(new Odd(1));

    assertThat(ofOdd.undo().<Integer>fold(undone -> undone.state().number(), () -> -1)).isZero();
  }

  @Test
  void clockThrows_theCommitStandsAndIsReported() {
    AtomicBoolean broken = new AtomicBoolean();
    Timekeeper clock = new BrokenClock(broken);
    History<String> ofClock = History.over(store).timekeeper(clock).start();
    Recorder<String> told = new Recorder<>();
    store.subscribe(told);

    try (Reports reports = new Reports()) {
      broken.set(true);
      append("a");
      broken.set(false);
      append("b");

      assertThat(told.values()).containsExactly("a", "ab");
      assertThat(reports.naming("'text'"))
          .extracting(failed -> failed.problem())
          .containsExactly(
              "Version 1 could not be recorded, so what is recorded later starts from another state.");
    }
    ofClock.undo();
    assertThat(store.get()).isEmpty();
  }

  /** A clock of the host's that may throw. */
  private record BrokenClock(AtomicBoolean broken) implements Timekeeper {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      if (broken.get()) {
        throw new IllegalStateException("no");
      }
      return 0;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return () -> false;
    }
  }

  @Test
  void insideAnUpdaterOrAnAtomicUpdate_isRefused() {
    assertThatThrownBy(() -> store.update(text -> text + history.undo()))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("undo in the history of 'text'");
    assertThatThrownBy(() -> Store.atomically(() -> history.redo(), store))
        .isInstanceOf(NestedUpdateException.class);
    assertThatThrownBy(() -> Store.atomically(() -> history.group("g", () -> {}), store))
        .isInstanceOf(NestedUpdateException.class);
    assertThat(store.get()).isEmpty();
  }

  @Test
  void close_endsItAndLeavesTheStore() {
    append("a");
    Recorder<Boolean> canUndo = new Recorder<>();
    history.canUndo().subscribe(canUndo);

    history.close();
    history.close();
    append("b");

    assertThat(canUndo.values()).containsExactly(false);
    assertThat(history.canUndo().get()).isFalse();
    assertThatThrownBy(history::undo)
        .isInstanceOf(ClosedException.class)
        .hasMessage(
            "The history of 'text' is closed, so undo is not possible. Start a new one with"
                + " History.of(store), and close it later than its users.");
    assertThat(store.get()).isEqualTo("ab");
  }

  @Test
  void storeClosed_undoIsRefused() {
    append("a");
    store.close();

    assertThatThrownBy(history::undo).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> History.of(store)).isInstanceOf(ClosedException.class);
    history.close();
  }

  @Test
  void builder_boundsThatCannotBe_areRefused() {
    assertThatThrownBy(() -> History.over(store).steps(0))
        .hasMessage("A history keeps at least 1 step, not 0; close it to keep none.");
    assertThatThrownBy(() -> History.over(store).retaining(0, StepSize.whole(String::length)))
        .hasMessage("A history retains at least 1 unit of the estimate, not 0.");
    assertThatThrownBy(() -> History.over(store).coalescing(Duration.ofMillis(-1)))
        .hasMessageContaining("PT-0.001S");
    assertThat(History.over(store).coalescing(Duration.ofSeconds(Long.MAX_VALUE)).start())
        .isNotNull();
  }
}
