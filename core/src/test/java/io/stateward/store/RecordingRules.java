package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 15: what a recorder is told. */
interface RecordingRules extends ReducingSubjects {

  private static List<Commit<Sample, Deed>> recorded(ReducingStore<Sample, Deed> store) {
    List<Commit<Sample, Deed>> commits = new ArrayList<>(); // recorders are called one at a time
    store.use(Middleware.recording(commits::add));
    return commits;
  }

  @Test
  @DisplayName("15.1 a recorder is told of each commit: version, state before and after, action")
  default void rule15_1_recorderIsToldOfEachCommit() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    long version = store.version();
    List<Commit<Sample, Deed>> commits = recorded(store);

    store.dispatch(new Deed.Add(1));
    store.dispatch(new Deed.Rest());
    store.dispatch(new Deed.Move(2));

    assertThat(commits)
        .containsExactly(
            new Commit<>(
                version + 1, Sample.of(5, 0), Sample.of(6, 0), List.of(new Deed.Add(1)), null),
            new Commit<>(
                version + 2, Sample.of(6, 0), Sample.of(4, 2), List.of(new Deed.Move(2)), null));
    assertThat(commits.get(1).action()).isEqualTo(new Deed.Move(2));
  }

  @Test
  @DisplayName("15.2 a plain update is a commit without an action")
  default void rule15_2_plainUpdateHasNoAction() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    List<Commit<Sample, Deed>> commits = recorded(store);

    store.update(state -> state.withLeft(7));
    store.slice(Sample::right, Sample::withRight).set(3);

    assertThat(commits).extracting(Commit::after).containsExactly(Sample.of(7, 0), Sample.of(7, 3));
    assertThat(commits).allMatch(commit -> commit.actions().isEmpty() && commit.action() == null);
  }

  @Test
  @DisplayName(
      "15.3 many threads dispatch: every commit is told once, in order, joined to the last")
  default void rule15_3_everyCommitIsToldOnceInOrder() {
    ReducingStore<Sample, Deed> store = store(0, 0);
    long version = store.version();
    List<Commit<Sample, Deed>> commits = recorded(store);
    Runnable dispatches =
        () -> {
          for (int i = 0; i < 500; i++) {
            store.dispatch(new Deed.Add(1));
            if (i % 8 == 0) {
              store.update(state -> state.withRight(state.right() + 1));
            }
          }
        };

    Concurrently.together(patience(), dispatches, dispatches, dispatches);

    assertThat(commits).hasSize((int) (store.version() - version)).hasSize(1_689);
    for (int i = 0; i < commits.size(); i++) {
      Commit<Sample, Deed> commit = commits.get(i);
      assertThat(commit.version()).isEqualTo(version + i + 1);
      assertThat(commit.before()).isSameAs(i == 0 ? commit.before() : commits.get(i - 1).after());
      boolean byAction = commit.after().left() == commit.before().left() + 1;
      assertThat(commit.actions()).isEqualTo(byAction ? List.of(new Deed.Add(1)) : List.of());
    }
  }

  @Test
  @DisplayName("15.4 a commit of an equal state is a commit")
  default void rule15_4_commitOfAnEqualStateIsTold() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    List<Commit<Sample, Deed>> commits = recorded(store);

    store.dispatch(new Deed.Rebuild());

    assertThat(commits).hasSize(1);
  }

  @Test
  @DisplayName("15.5 an atomic update is one commit with all its actions, and none if it throws")
  default void rule15_5_atomicUpdateIsOneCommit() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    List<Commit<Sample, Deed>> commits = recorded(store);

    assertThatThrownBy(
            () ->
                atomically(
                    () -> {
                      store.dispatch(new Deed.Add(100));
                      throw new IllegalStateException("foreign");
                    },
                    store))
        .hasMessage("foreign");
    atomically(
        () -> {
          store.dispatch(new Deed.Add(1));
          store.dispatch(new Deed.Move(2));
        },
        store);
    atomically(
        () -> {
          store.update(state -> state.withLeft(0));
          store.dispatch(new Deed.Add(1));
        },
        store);

    assertThat(commits)
        .extracting(Commit::actions)
        .containsExactly(List.of(new Deed.Add(1), new Deed.Move(2)), List.of());
    assertThat(commits)
        .extracting(Commit::before)
        .containsExactly(Sample.of(5, 0), Sample.of(4, 2));
    assertThat(commits).extracting(Commit::after).containsExactly(Sample.of(4, 2), Sample.of(1, 2));
    assertThat(commits.get(1).version()).isEqualTo(store.version());
  }

  @Test
  @DisplayName("15.6 it hears of what is committed while it is in use, and of nothing else")
  default void rule15_6_recorderHearsWhileItIsInUse() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    List<Commit<Sample, Deed>> commits = new ArrayList<>();
    store.dispatch(new Deed.Add(1));
    Subscription recording = store.use(Middleware.recording(commits::add));

    store.dispatch(new Deed.Add(2));
    recording.close();
    recording.close();
    store.dispatch(new Deed.Add(3));

    assertThat(commits).extracting(Commit::action).containsExactly(new Deed.Add(2));
  }

  @Test
  @DisplayName("15.7 one that throws is reported and told of the next commit")
  default void rule15_7_throwingRecorderIsReported() {
    ReducingStore<Sample, Deed> store = create("recorded", Sample.of(1, 0), Deed.reducer());
    List<Deed> told = new ArrayList<>();
    store.use(
        Middleware.recording(
            commit -> {
              told.add(commit.action());
              throw new IllegalStateException("foreign");
            }));
    try (Reports reports = new Reports()) {
      Dispatched<Sample> outcome = store.dispatch(new Deed.Add(1));
      store.dispatch(new Deed.Add(2));

      assertThat(outcome.state()).isEqualTo(Sample.of(2, 0));
      assertThat(told).containsExactly(new Deed.Add(1), new Deed.Add(2));
      assertThat(reports.naming("'recorded'")).hasSize(2);
      assertThat(reports.naming("'recorded'").get(0).problem()).contains("the commit stands");
    }
  }

  @Test
  @DisplayName("15.8 a commit that a callback makes says which one")
  default void rule15_8_commitSaysWhatCausedIt() {
    ReducingStore<Sample, Deed> store = create("caused", Sample.of(0, 0), Deed.reducer());
    store.subscribe(
        Delivery.every().named("follower"),
        change -> {
          if (change.now().left() == 1) {
            store.dispatch(new Deed.Add(1));
          }
        });
    List<Commit<Sample, Deed>> commits = recorded(store);

    store.dispatch(new Deed.Add(1));

    assertThat(commits).extracting(Commit::cause).containsExactly(null, "caused@1 -> follower");
  }

  @Test
  @DisplayName("15.9 what is refused is not recorded")
  default void rule15_9_whatIsRefusedIsNotRecorded() {
    ReducingStore<Sample, Deed> store = store(5, 0);
    List<Commit<Sample, Deed>> commits = recorded(store);
    store.use(Middleware.checking((before, after) -> after.left() < 0 ? "overdrawn" : null));

    store.dispatch(new Deed.Move(9));
    store.dispatch(new Deed.Move(5));

    assertThat(commits).extracting(Commit::action).containsExactly(new Deed.Move(5));
  }
}
