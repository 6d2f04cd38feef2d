package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 14: what runs around a dispatch, and what may refuse a commit. */
interface MiddlewareRules extends ReducingSubjects {

  private static Middleware<Sample, Deed> noting(String name, List<String> notes) {
    return Middleware.around(
        (deed, next) -> {
          notes.add("before " + name);
          Dispatched<Sample> outcome = next.dispatch(deed);
          notes.add("after " + name);
          return outcome;
        });
  }

  @Test
  @DisplayName("14.1 middleware runs around a dispatch, what was used first outermost")
  default void rule14_1_middlewareRunsInOrder() {
    List<String> notes = new ArrayList<>();
    ReducingStore<Sample, Deed> store = store(1, 0);
    store.use(noting("one", notes));
    store.use(noting("two", notes));
    store.subscribe(change -> notes.add("told"));

    store.dispatch(new Deed.Add(1));

    assertThat(notes).containsExactly("before one", "before two", "told", "after two", "after one");
  }

  @Test
  @DisplayName("14.2 it may pass on another action, or hold the action back")
  default void rule14_2_middlewareMayReplaceOrHoldBack() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    store.use(
        Middleware.around(
            (deed, next) ->
                deed instanceof Deed.Add add
                    ? next.dispatch(new Deed.Add(add.amount() * 10))
                    : next.veto("only additions")));

    Dispatched<Sample> replaced = store.dispatch(new Deed.Add(1));
    Dispatched<Sample> held = store.dispatch(new Deed.Move(1));

    assertThat(replaced.state()).isEqualTo(Sample.of(11, 0));
    assertThat(held).isEqualTo(new Dispatched.Vetoed<>(Sample.of(11, 0), "only additions"));
    assertThat(store.get()).isEqualTo(Sample.of(11, 0));
  }

  @Test
  @DisplayName("14.3 no lock is held while it runs")
  default void rule14_3_middlewareRunsWithoutALock() {
    ReducingStore<Sample, Deed> store = store(0, 0);
    store.use(
        Middleware.around(
            (deed, next) -> {
              Concurrently.elsewhere(
                  patience(), () -> store.update(state -> state.withRight(state.right() + 1)));
              Dispatched<Sample> outcome = next.dispatch(deed);
              Concurrently.elsewhere(
                  patience(), () -> store.update(state -> state.withRight(state.right() + 1)));
              return outcome;
            }));

    store.dispatch(new Deed.Add(1));

    assertThat(store.get()).isEqualTo(Sample.of(1, 2));
  }

  @Test
  @DisplayName("14.4 what it throws before the commit reaches who dispatched; nothing is committed")
  default void rule14_4_throwingBeforeTheCommitChangesNothing() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    IllegalStateException thrown = new IllegalStateException("foreign");
    store.use(
        Middleware.around(
            (deed, next) -> {
              throw thrown;
            }));

    assertThatThrownBy(() -> store.dispatch(new Deed.Add(1))).isSameAs(thrown);

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  @DisplayName("14.5 what it throws after the commit is reported; the commit stands")
  default void rule14_5_throwingAfterTheCommitIsReported() {
    ReducingStore<Sample, Deed> store = create("stands", Sample.of(1, 0), Deed.reducer());
    List<String> notes = new ArrayList<>();
    store.use(noting("outer", notes));
    store.use(
        Middleware.around(
            (deed, next) -> {
              next.dispatch(deed);
              throw new IllegalStateException("foreign");
            }));
    try (Reports reports = new Reports()) {
      Dispatched<Sample> outcome = store.dispatch(new Deed.Add(1));

      assertThat(outcome).isEqualTo(new Dispatched.Committed<>(Sample.of(2, 0), store.version()));
      assertThat(notes).containsExactly("before outer", "after outer");
      assertThat(reports.naming("store 'stands'")).hasSize(1);
      assertThat(reports.naming("store 'stands'").get(0).problem())
          .contains("the commit stands")
          .contains("an action Add");
    }
  }

  @Test
  @DisplayName("14.6 what is taken out is passed by, and only that")
  default void rule14_6_takenOutIsPassedBy() {
    List<String> notes = new ArrayList<>();
    ReducingStore<Sample, Deed> store = store(1, 0);
    Middleware<Sample, Deed> twice = noting("twice", notes);
    store.use(twice);
    store.use(noting("between", notes));
    Subscription second = store.use(twice);

    second.close();
    second.close();
    store.dispatch(new Deed.Add(1));

    assertThat(notes)
        .containsExactly("before twice", "before between", "after between", "after twice");
  }

  @Test
  @DisplayName("14.7 a check that objects keeps the state from being seen by anybody")
  default void rule14_7_objectionPublishesNothing() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    Recorder<Sample> told = new Recorder<>();
    store.subscribe(told);
    long version = store.version();
    store.use(
        Middleware.checking(
            (before, after) ->
                after.left() < 0 ? "%d to %d".formatted(before.left(), after.left()) : null));

    Dispatched<Sample> outcome = store.dispatch(new Deed.Move(5));

    assertThat(outcome).isEqualTo(new Dispatched.Vetoed<>(Sample.of(1, 0), "1 to -4"));
    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
    assertThat(store.version()).isEqualTo(version);
    assertThat(told.changes()).isEmpty();
  }

  @Test
  @DisplayName("14.8 a plain update that is refused throws, one of a slice as well")
  default void rule14_8_refusedUpdateThrows() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    store.use(Middleware.checking((before, after) -> after.left() < 0 ? "overdrawn" : null));
    UnaryOperator<Sample> overdraw = state -> state.withLeft(-1);

    assertThatThrownBy(() -> store.update(overdraw))
        .isInstanceOfSatisfying(
            VetoedException.class, e -> assertThat(e.reason()).isEqualTo("overdrawn"))
        .hasMessageContaining("Update of store 'store' was vetoed, so nothing changed: overdrawn.");
    assertThatThrownBy(() -> store.slice(Sample::left, Sample::withLeft).set(-2))
        .isInstanceOf(VetoedException.class);

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  @DisplayName("14.9 what a check accepts is what is committed, whoever else commits meanwhile")
  default void rule14_9_checksHoldUnderContention() {
    ReducingStore<Sample, Deed> store = store(100, 0);
    List<Integer> seen = new ArrayList<>();
    store.subscribe(change -> seen.add(change.now().left()));
    store.use(
        Middleware.checking(
            (before, after) -> {
              Thread.yield();
              return after.left() < 0 ? "overdrawn" : null;
            }));
    Runnable withdrawals =
        () -> {
          for (int i = 0; i < 100; i++) {
            store.dispatch(new Deed.Move(1));
          }
        };

    Concurrently.together(patience(), withdrawals, withdrawals);

    assertThat(store.get()).isEqualTo(Sample.of(0, 100));
    assertThat(seen).hasSize(100).allMatch(left -> left >= 0);
  }

  @Test
  @DisplayName("14.10 a check that throws changes nothing, and who dispatched gets the exception")
  default void rule14_10_throwingCheckChangesNothing() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    IllegalStateException thrown = new IllegalStateException("foreign");
    store.use(
        Middleware.checking(
            (before, after) -> {
              throw thrown;
            }));

    assertThatThrownBy(() -> store.dispatch(new Deed.Add(1))).isSameAs(thrown);

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }
}
