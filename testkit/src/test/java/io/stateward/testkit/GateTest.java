package io.stateward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GateTest {

  @Test
  void pass_inCallback_holdsTheWriterAndNobodyElse() throws Exception {
    Gate gate = Gate.closed();
    Store<Integer> store = Store.of(0);
    Recorder<Integer> recorder = Recorder.of(store);
    store.subscribe(change -> gate.pass());
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Future<?> writer = executor.submit(() -> store.set(1));

    gate.awaitHeld(1);
    store.set(2);
    assertThat(store.get()).isEqualTo(2);
    assertThat(recorder.values()).containsExactly(1);
    gate.open();
    writer.get(30, TimeUnit.SECONDS);

    assertThat(recorder.values()).containsExactly(1, 2);
    assertThat(gate.held()).isZero();
    executor.shutdown();
  }

  @Test
  void open_severalHeld_allGoOn() throws Exception {
    Gate gate = Gate.closed();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    CompletableFuture<Void> first = CompletableFuture.runAsync(gate::pass, executor);
    CompletableFuture<Void> second = CompletableFuture.runAsync(gate::pass, executor);
    gate.awaitHeld(2);
    assertThat(gate.held()).isEqualTo(2);

    gate.open();

    CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
    gate.pass(); // nobody is held any more
    executor.shutdown();
  }

  @Test
  void pass_neverOpened_givesUpAndSaysSo() {
    Gate gate = Gate.closed(Duration.ofMillis(1));

    assertThatThrownBy(gate::pass)
        .isInstanceOf(AssertionError.class)
        .hasMessage("After PT0.001S, the gate was not opened; 1 threads are held.");
    assertThat(gate.held()).isZero();
  }

  @Test
  void awaitHeld_nobodyComes_givesUpAndSaysSo() {
    Gate gate = Gate.closed(Duration.ofMillis(1));

    assertThatThrownBy(() -> gate.awaitHeld(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fewer than 1 threads came");
  }

  @Test
  void close_afterOpen_holdsAgain() {
    Gate gate = Gate.closed(Duration.ZERO);
    gate.open();
    gate.pass();

    gate.close();

    assertThatThrownBy(gate::pass).isInstanceOf(AssertionError.class);
  }

  @Test
  void pass_interrupted_saysSoAndStaysInterrupted() {
    Gate gate = Gate.closed();
    Thread.currentThread().interrupt();

    assertThatThrownBy(gate::pass).hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
