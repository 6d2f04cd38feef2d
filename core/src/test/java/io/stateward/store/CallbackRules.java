package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.signal.FeedbackLoopException;
import io.stateward.signal.Gate;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3, 6, 11 and 12 where they concern a store: what callbacks and updaters may do. */
interface CallbackRules extends StoreSubjects {

  @Test
  @DisplayName("3.6 all that is made of a store is told of a commit before any is told of the next")
  default void rule3_6_selectionsAreToldInOneOrder() {
    Store<Sample> store = store(0, 0);
    List<Long> versions = new ArrayList<>();
    store
        .select(Sample::left)
        .subscribe(
            change -> {
              versions.add(change.version());
              if (change.now() < 5) {
                store.update(state -> state.withLeft(state.left() + 1));
              }
            });
    store.subscribe(change -> versions.add(change.version()));
    store.slice(Sample::left, Sample::withLeft).subscribe(change -> versions.add(change.version()));

    store.update(state -> state.withLeft(1));

    assertThat(versions).hasSize(15).isSorted();
  }

  @Test
  @DisplayName("6.6 a selector that throws harms neither the writer nor other selections")
  default void rule6_6_throwingSelectorHarmsNobody() {
    Store<Sample> store = store(1, 0);
    Signal<Integer> broken = store.select(state -> 10 / state.left());
    broken.named("broken");
    Recorder<Integer> told = new Recorder<>();
    Recorder<Integer> others = new Recorder<>();
    broken.subscribe(told);
    store.select(Sample::right).subscribe(others);

    try (Reports reports = new Reports()) {
      store.update(state -> Sample.of(0, 1));

      assertThat(reports.naming("broken")).hasSize(1);
    }
    store.update(state -> Sample.of(5, 2));
    assertThat(told.values()).containsExactly(2);
    assertThat(others.values()).containsExactly(1, 2);
  }

  @Test
  @DisplayName(
      "11.3 a loop through two stores is cut, and the message names both and the callbacks")
  default void rule11_3_loopThroughTwoStoresIsCut() {
    Store<Sample> ping = store("ping");
    Store<Sample> pong = store("pong");
    List<String> refusals = new ArrayList<>();
    ping.subscribe(
        Delivery.every().named("there"), change -> bounce(pong, change.now().left(), refusals));
    pong.subscribe(
        Delivery.every().named("back"), change -> bounce(ping, change.now().left(), refusals));

    ping.update(state -> state.withLeft(2));

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0)).contains("ping").contains("pong").contains("there", "back");
    Concurrently.elsewhere(patience(), () -> pong.update(state -> state.withRight(1)));
    assertThat(pong.get().right()).isEqualTo(1);
  }

  private static void bounce(Store<Sample> other, int value, List<String> refusals) {
    if (value < 2_000) { // so that a loop that is not cut ends the test too
      try {
        other.update(state -> state.withLeft(value + 1));
      } catch (FeedbackLoopException e) {
        refusals.add(e.getMessage());
      }
    }
  }

  @Test
  @DisplayName("12.5 an updater that updates is refused, since it runs under the lock")
  default void rule12_5_nestedUpdateIsRefused() {
    Store<Sample> store = store("outer");
    Store<Sample> other = store("inner");

    assertThatThrownBy(
            () ->
                store.update(
                    state -> {
                      other.update(inner -> inner.withLeft(9));
                      return state.withLeft(9);
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("outer")
        .hasMessageContaining("update of store 'inner'");
    assertThatThrownBy(() -> store.update(state -> store.update(same -> same.withLeft(9))))
        .isInstanceOf(NestedUpdateException.class);

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
    assertThat(other.get()).isEqualTo(Sample.of(1, 0));
    store.update(state -> state.withLeft(2));
    assertThat(store.get().left()).isEqualTo(2);
  }

  @Test
  @DisplayName("12.6 no lock is held while a selector runs")
  default void rule12_6_noLockWhileSelectorRuns() {
    Store<Sample> store = store(0, 0);
    try (Gate gate = new Gate(patience())) {
      Signal<Integer> slow =
          store.select(
              state -> {
                if (state.left() == 1) {
                  gate.hold();
                }
                return state.left();
              });
      slow.subscribe(change -> {});
      CompletableFuture<Void> writer =
          Concurrently.start(() -> store.update(state -> state.withLeft(1)));
      gate.awaitHeld();

      Concurrently.elsewhere(
          patience(),
          () -> {
            store.update(state -> state.withRight(1));
            store.subscribe(change -> {}).close();
            store.select(Sample::right).subscribe(change -> {}).close();
          });

      gate.open();
      Concurrently.finish(patience(), writer);
    }
  }

  @Test
  @DisplayName("12.7 no lock is held while a subscriber runs, so stores may be crossed")
  default void rule12_7_callbacksMayUpdateEachOthersStores() {
    Store<Sample> one = store(0, 0);
    Store<Sample> two = store(0, 0);
    try (Gate gate = new Gate(patience())) {
      one.select(Sample::left)
          .subscribe(
              change -> {
                gate.hold();
                two.update(state -> state.withRight(change.now()));
              });
      two.select(Sample::left)
          .subscribe(change -> one.update(state -> state.withRight(change.now())));
      CompletableFuture<Void> held =
          Concurrently.start(() -> one.update(state -> state.withLeft(5)));
      gate.awaitHeld();

      Concurrently.elsewhere(patience(), () -> two.update(state -> state.withLeft(7)));

      assertThat(one.get()).isEqualTo(Sample.of(5, 7));
      gate.open();
      Concurrently.finish(patience(), held);
    }
    assertThat(two.get()).isEqualTo(Sample.of(7, 5));
  }
}
