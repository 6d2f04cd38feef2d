package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.signal.Gate;
import io.stateward.signal.ManualExecutor;
import io.stateward.signal.Recorder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 4 where it concerns a store: closing it ends whatever follows it. */
interface ClosingRules extends StoreSubjects {

  @Test
  @DisplayName("4.9 a closed store refuses updates by name, and keeps its last state")
  default void rule4_9_closedStoreRefusesUpdates() {
    Store<Sample> store = store("ended");
    store.close();
    store.close();

    assertThat(store.isClosed()).isTrue();
    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
    assertThatThrownBy(() -> store.update(state -> state.withLeft(2)))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'ended' is closed")
        .hasMessageContaining("update is not possible");
    assertThatThrownBy(() -> store.set(Sample.of(2, 0))).isInstanceOf(ClosedException.class);
    assertThat(store.get()).isEqualTo(Sample.of(1, 0));
  }

  @Test
  @DisplayName("4.10 a closed store takes no subscriber, and neither does what is selected from it")
  default void rule4_10_closedStoreRefusesSubscribers() {
    Store<Sample> store = store("ended");
    store.close();

    assertThatThrownBy(() -> store.subscribe(change -> {}))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("'ended' is closed")
        .hasMessageContaining("subscribe is not possible");
    assertThatThrownBy(() -> store.select(Sample::left).subscribe(change -> {}))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("4.11 after a store is closed, no callback begins, not even of a commit under way")
  default void rule4_11_noCallbackBeginsAfterClosing() {
    Store<Sample> store = store(0, 0);
    ManualExecutor executor = new ManualExecutor();
    Recorder<Sample> inline = new Recorder<>();
    Recorder<Integer> selected = new Recorder<>();
    Recorder<Sample> queued = new Recorder<>();
    store.subscribe(Delivery.every().on(executor), queued);
    try (Gate gate = new Gate(patience())) {
      store.subscribe(change -> gate.hold());
      store.subscribe(inline);
      store.select(Sample::left).subscribe(selected);
      CompletableFuture<Void> writer =
          Concurrently.start(() -> store.update(state -> state.withLeft(1)));
      gate.awaitHeld();

      Concurrently.elsewhere(patience(), store::close);

      gate.open();
      Concurrently.finish(patience(), writer);
    }
    executor.runAll();
    assertThat(inline.changes()).isEmpty();
    assertThat(selected.changes()).isEmpty();
    assertThat(queued.changes()).isEmpty();
  }

  @Test
  @DisplayName("4.13 nobody is left subscribed to a slice that was closed meanwhile")
  default void rule4_13_subscribingWhileClosingLeavesNobodyBehind() {
    Store<Sample> store = store(1, 0);
    Recorder<Integer> told = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      Store<Integer> left =
          store.slice(
              state -> {
                gate.hold();
                return state.left();
              },
              Sample::withLeft);
      CompletableFuture<Boolean> refused = new CompletableFuture<>();
      CompletableFuture<Void> newcomer =
          Concurrently.start(() -> refused.complete(isRefused(left, told)));
      gate.awaitHeld();

      Concurrently.elsewhere(patience(), left::close);

      gate.open();
      Concurrently.finish(patience(), newcomer);
      store.update(state -> state.withLeft(2));
      assertThat(told.changes()).isEmpty();
      assertThat(Concurrently.finish(patience(), refused)).isTrue();
    }
  }

  private static boolean isRefused(Store<Integer> slice, Recorder<Integer> told) {
    try {
      slice.subscribe(told);
      return false;
    } catch (ClosedException e) {
      return true;
    }
  }

  @Test
  @DisplayName("4.12 closing a slice ends what follows the slice, and leaves the store open")
  default void rule4_12_closingSliceLeavesTheStoreOpen() {
    Store<Sample> store = store(1, 0);
    Store<Integer> left = store.slice(Sample::left, Sample::withLeft);
    Recorder<Integer> ended = new Recorder<>();
    Recorder<Sample> open = new Recorder<>();
    left.subscribe(ended);
    left.map(value -> value + 1).subscribe(ended);
    store.subscribe(open);

    left.close();
    store.update(state -> state.withLeft(2));

    assertThat(left.isClosed()).isTrue();
    assertThat(store.isClosed()).isFalse();
    assertThat(ended.changes()).isEmpty();
    assertThat(open.values()).containsExactly(Sample.of(2, 0));
    assertThat(left.get()).isEqualTo(2);
    assertThatThrownBy(() -> left.map(value -> value + 1).subscribe(ended))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> left.set(3)).isInstanceOf(ClosedException.class);
  }
}
