package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 13: what a dispatch does to the state, and what it does not. */
interface DispatchRules extends ReducingSubjects {

  @Test
  @DisplayName("13.1 a dispatch commits what the reducer makes, and returns it")
  default void rule13_1_dispatchCommitsWhatTheReducerMakes() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    Recorder<Sample> told = new Recorder<>();
    store.subscribe(told);

    Dispatched<Sample> outcome = store.dispatch(new Deed.Add(2));

    assertThat(outcome).isEqualTo(new Dispatched.Committed<>(Sample.of(3, 0), store.version()));
    assertThat(outcome.state()).isSameAs(store.get());
    assertThat(told.values()).containsExactly(Sample.of(3, 0));
  }

  @Test
  @DisplayName("13.2 the reducer runs once per dispatch, and no dispatch is lost")
  default void rule13_2_reducerRunsOnce() {
    Queue<Integer> ran = new ConcurrentLinkedQueue<>();
    ReducingStore<Sample, Deed> store =
        create(
            "store",
            Sample.of(0, 0),
            (state, deed) -> {
              ran.add(1);
              Thread.yield();
              return state.withLeft(state.left() + 1);
            });
    Queue<Long> versions = new ConcurrentLinkedQueue<>();
    Runnable dispatches =
        () -> {
          for (int i = 0; i < 300; i++) {
            if (store.dispatch(new Deed.Rest()) instanceof Dispatched.Committed<Sample> committed) {
              versions.add(committed.version());
            }
          }
        };

    Concurrently.together(patience(), dispatches, dispatches);

    assertThat(ran).hasSize(600);
    assertThat(store.get().left()).isEqualTo(600);
    assertThat(versions).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("13.3 an action that leaves the identical state commits nothing")
  default void rule13_3_identicalStateIsUnchanged() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    long version = store.version();

    Dispatched<Sample> outcome = store.dispatch(new Deed.Rest());

    assertThat(outcome).isEqualTo(new Dispatched.Unchanged<>(Sample.of(1, 0)));
    assertThat(store.version()).isEqualTo(version);
  }

  @Test
  @DisplayName("13.4 an action that nobody handles is told apart, and changes nothing")
  default void rule13_4_actionThatNobodyHandlesIsToldApart() {
    ReducingStore<Sample, Deed> store = store(1, 0);

    Dispatched<Sample> outcome = store.dispatch(new Deed.Unknown());

    assertThat(outcome).isEqualTo(new Dispatched.Unhandled<>(Sample.of(1, 0)));
    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  @DisplayName("13.5 such an action is reported, once for each type")
  default void rule13_5_actionThatNobodyHandlesIsReportedOnce() {
    ReducingStore<Sample, Deed> store = create("lonely", Sample.of(1, 0), Deed.reducer());
    try (Reports reports = new Reports()) {
      store.dispatch(new Deed.Unknown());
      store.dispatch(new Deed.Unknown());
      store.dispatch(new Deed.Late());

      assertThat(reports.naming("'lonely'"))
          .extracting(failed -> failed.problem().contains("Unknown"))
          .containsExactly(true, false);
      assertThat(reports.naming("'lonely'").get(0).problem())
          .contains("No reducer handles an action Unknown, so nothing changed")
          .contains("Reducer.on(Unknown.class, ...)");
    }
  }

  @Test
  @DisplayName("13.6 a reducer that throws changes nothing, and who dispatched gets the exception")
  default void rule13_6_throwingReducerChangesNothing() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    IllegalStateException thrown = new IllegalStateException("foreign");
    long version = store.version();

    assertThatThrownBy(() -> store.dispatch(new Deed.Fail(thrown))).isSameAs(thrown);

    assertThat(store.version()).isEqualTo(version);
    Concurrently.elsewhere(patience(), () -> store.dispatch(new Deed.Add(1)));
    assertThat(store.get()).isEqualTo(Sample.of(2, 0));
  }

  @Test
  @DisplayName("13.7 a reducer that returns null changes nothing, and the message says what to do")
  default void rule13_7_reducerReturningNullChangesNothing() {
    ReducingStore<Sample, Deed> store = store(1, 0);

    assertThatThrownBy(() -> store.dispatch(new Deed.Vanish()))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("returned null for an action Vanish, so nothing changed")
        .hasMessageContaining("the same one to change nothing");

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  @DisplayName("13.8 dispatches in one atomic update are one commit, or none if it throws")
  default void rule13_8_dispatchesInOneAtomicUpdateAreOneCommit() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    long version = store.version();
    Recorder<Sample> told = new Recorder<>();
    store.subscribe(told);
    List<Dispatched<Sample>> outcomes = new ArrayList<>();

    atomically(
        () -> {
          outcomes.add(store.dispatch(new Deed.Add(4)));
          outcomes.add(store.dispatch(new Deed.Move(2)));
        },
        store);
    assertThatThrownBy(
            () ->
                atomically(
                    () -> {
                      store.dispatch(new Deed.Add(4));
                      throw new IllegalStateException("foreign");
                    },
                    store))
        .hasMessage("foreign");

    assertThat(told.values()).containsExactly(Sample.of(3, 2));
    assertThat(store.version()).isEqualTo(version + 1);
    assertThat(outcomes)
        .containsExactly(
            new Dispatched.Committed<>(Sample.of(5, 0), version + 1),
            new Dispatched.Committed<>(Sample.of(3, 2), version + 1));
  }

  @Test
  @DisplayName("13.9 a reducer that is added late handles actions until it is taken out")
  default void rule13_9_lateReducerHandlesUntilTakenOut() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    Subscription late =
        store.inject(
            Reducer.slice(
                Lens.of(Sample::right, Sample::withRight),
                Reducer.on(Deed.Late.class, (right, deed) -> right + 10)));

    Dispatched<Sample> handled = store.dispatch(new Deed.Late());
    late.close();
    late.close();
    Dispatched<Sample> unhandled = store.dispatch(new Deed.Late());

    assertThat(handled.state()).isEqualTo(Sample.of(1, 10));
    assertThat(unhandled).isEqualTo(new Dispatched.Unhandled<>(Sample.of(1, 10)));
  }

  @Test
  @DisplayName("13.10 a dispatch made in a callback is told after the one that the callback is in")
  default void rule13_10_dispatchInACallbackIsToldAfterwards() {
    ReducingStore<Sample, Deed> store = store(0, 0);
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    store.subscribe(
        change -> {
          if (change.now().left() < 3) {
            store.dispatch(new Deed.Add(1));
          }
          first.add(change.now().left());
        });
    store.subscribe(change -> second.add(change.now().left()));

    store.dispatch(new Deed.Add(1));

    assertThat(first).containsExactly(1, 2, 3);
    assertThat(second).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("13.11 a dispatch inside an updater or a reducer is refused before anything runs")
  default void rule13_11_dispatchInsideAnUpdaterIsRefused() {
    ReducingStore<Sample, Deed> store = store(1, 0);
    List<Deed> passed = new ArrayList<>();
    store.use(
        Middleware.around(
            (deed, next) -> {
              passed.add(deed);
              return next.dispatch(deed);
            }));

    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      store.dispatch(new Deed.Add(1));
                      return state;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("store 'store'");

    assertThat(passed).isEmpty();
    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }
}
