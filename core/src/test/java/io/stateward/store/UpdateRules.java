package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1, 2, 7 and 9: what an update does to the state, and what it does not. */
interface UpdateRules extends StoreSubjects {

  @Test
  @DisplayName("1.3 a read does not wait for an updater, and sees the state before it")
  default void rule1_3_readDoesNotWaitForUpdaters() {
    Store<Sample> store = store(1, 0);
    try (Gate gate = new Gate(patience())) {
      CompletableFuture<Void> writer =
          Concurrently.start(
              () ->
                  store.update(
                      state -> {
                        gate.hold();
                        return state.withLeft(2);
                      }));
      gate.awaitHeld();

      int seen = Concurrently.valueElsewhere(patience(), () -> store.get().left());

      assertThat(seen).isEqualTo(1);
      gate.open();
      Concurrently.finish(patience(), writer);
      assertThat(store.get().left()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("2.4 an update returns the state that it made, and none is lost")
  default void rule2_4_updateReturnsItsOwnState() {
    Store<Sample> store = store(0, 0);
    Queue<Integer> returned = new ConcurrentLinkedQueue<>();
    Runnable increments =
        () -> {
          for (int i = 0; i < 200; i++) {
            returned.add(store.update(state -> state.withLeft(state.left() + 1)).left());
          }
        };

    Concurrently.together(patience(), increments, increments, increments);

    assertThat(store.get().left()).isEqualTo(600);
    assertThat(returned)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 600).boxed().toList());
  }

  @Test
  @DisplayName("2.5 an updater runs exactly once")
  default void rule2_5_updaterRunsOnce() {
    Store<Sample> store = store(0, 0);
    Queue<Integer> ran = new ConcurrentLinkedQueue<>();
    Runnable updates =
        () -> {
          for (int i = 0; i < 300; i++) {
            store.update(
                state -> {
                  ran.add(1);
                  Thread.yield();
                  return state.withLeft(state.left() + 1);
                });
          }
        };

    Concurrently.together(patience(), updates, updates);

    assertThat(ran).hasSize(600);
  }

  @Test
  @DisplayName("7.1 an updater that throws changes nothing, and the caller gets the exception")
  default void rule7_1_throwingUpdaterChangesNothing() {
    verifyNothingHappens(new IllegalStateException("foreign"));
  }

  @Test
  @DisplayName("7.2 so does one that throws an error")
  default void rule7_2_updaterThrowingAnErrorChangesNothing() {
    verifyNothingHappens(new LinkageError("foreign"));
  }

  private void verifyNothingHappens(Throwable thrown) {
    Store<Sample> store = store(1, 0);
    Sample before = store.get();
    long version = store.version();
    Recorder<Sample> told = new Recorder<>();
    store.subscribe(told);

    assertThatThrownBy(() -> store.update(state -> UpdateRules.<Sample, Error>fail(thrown)))
        .isSameAs(thrown);

    assertThat(store.get()).isSameAs(before);
    assertThat(store.version()).isEqualTo(version);
    Concurrently.elsewhere(patience(), () -> store.update(state -> state.withLeft(2)));
    assertThat(told.values()).containsExactly(Sample.of(2, 0));
  }

  @SuppressWarnings("unchecked") // the compiler's only view of what is thrown as it is
  private static <R, X extends Throwable> R fail(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the rule
  @DisplayName("7.3 an updater that returns null changes nothing, and the message says what to do")
  default void rule7_3_updaterReturningNullChangesNothing() {
    Store<Sample> store = store("nullable");
    long version = store.version();

    assertThatThrownBy(() -> store.update(state -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("null")
        .hasMessageContaining("changed");

    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
    assertThat(store.version()).isEqualTo(version);
  }

  @Test
  @DisplayName("9.5 an updater that returns the identical state commits nothing")
  default void rule9_5_identicalStateCommitsNothing() {
    Store<Sample> store = store(1, 0);
    long version = store.version();
    List<Object> told = new ArrayList<>();
    store.subscribe(told::add);

    Sample returned = store.update(state -> state);

    assertThat(returned).isSameAs(store.get());
    assertThat(store.version()).isEqualTo(version);
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("9.6 a commit tells nobody whose part it leaves equal")
  default void rule9_6_equalPartTellsNobody() {
    Store<Sample> store = store(100_000, 0);
    Recorder<Integer> told = new Recorder<>();
    store.select(Sample::left).subscribe(told);

    store.update(state -> state.withRight(1));
    store.update(state -> new Sample(state.left(), 2, state.entries()));

    assertThat(told.changes()).isEmpty();
  }

  @Test
  @DisplayName("9.7 not even when a reader has run ahead of the delivery")
  default void rule9_7_equalPartTellsNobodyWhenReadersAreAhead() {
    Store<Sample> store = store(100_000, 0);
    Recorder<Integer> told = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      store.subscribe(change -> gate.hold());
      var left = store.select(Sample::left);
      left.subscribe(told);
      CompletableFuture<Void> writer =
          Concurrently.start(() -> store.update(state -> state.withRight(1)));
      gate.awaitHeld();
      Concurrently.elsewhere(patience(), () -> store.update(state -> state.withRight(2)));
      Concurrently.elsewhere(patience(), () -> store.update(state -> state.withRight(3)));
      assertThat(left.get()).isEqualTo(100_000);

      gate.open();
      Concurrently.finish(patience(), writer);
    }
    assertThat(told.changes()).isEmpty();
  }
}
