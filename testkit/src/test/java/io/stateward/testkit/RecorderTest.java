package io.stateward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RecorderTest {

  private final Store<Integer> store = Store.of("count", 0);

  @Test
  void changes_afterUpdates_areThoseTold() {
    try (Recorder<Integer> recorder = Recorder.of(store)) {
      store.set(1);
      store.set(3);

      assertThat(recorder.changes()).containsExactly(new Change<>(0, 1, 1), new Change<>(1, 3, 2));
      assertThat(recorder.values()).containsExactly(1, 3);
      assertThat(recorder.last()).isEqualTo(new Change<>(1, 3, 2));
    }
  }

  @Test
  void values_nullAmongThem_areKept() {
    Recorder<@Nullable String> recorder = Recorder.of(store.select(n -> n == 1 ? null : "n" + n));

    store.set(1);
    store.set(2);

    assertThat(recorder.values()).containsExactly(null, "n2");
  }

  @Test
  void of_deliveryWithCurrent_startsWithIt() {
    Recorder<Integer> recorder = Recorder.of(store, Delivery.latest().withCurrent());

    assertThat(recorder.values()).containsExactly(0);
  }

  @Test
  void clear_afterChanges_startsAnew() {
    Recorder<Integer> recorder = Recorder.of(store);
    store.set(1);

    recorder.clear();
    store.set(2);

    assertThat(recorder.values()).containsExactly(2);
  }

  @Test
  void close_thenUpdate_recordsNoMore() {
    Recorder<Integer> recorder = Recorder.of(store);
    store.set(1);

    recorder.close();
    store.set(2);

    assertThat(recorder.values()).containsExactly(1);
  }

  @Test
  void last_nothingTold_saysWhatToDo() {
    Recorder<Integer> recorder = Recorder.of(store);

    assertThatThrownBy(recorder::last)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("'count' has told nothing")
        .hasMessageContaining("await(1, timeout)");
  }

  @Test
  void await_toldByAnotherThread_returnsOnceItIs() throws Exception {
    Recorder<Integer> recorder = Recorder.of(store);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= 1_000; i++) {
                store.set(i);
              }
            });

    assertThat(recorder.await(1_000, Duration.ofSeconds(30))).hasSize(1_000);
    writer.get(30, TimeUnit.SECONDS);
    assertThat(recorder.last().now()).isEqualTo(1_000);
  }

  @Test
  void await_tooFew_saysWhatCame() {
    Recorder<Integer> recorder = Recorder.of(store);
    store.set(7);

    assertThatThrownBy(() -> recorder.await(2, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'count' told 1 changes within PT0.001S instead of 2")
        .hasMessageContaining("now=7");
  }

  @Test
  void await_interrupted_saysSoAndStaysInterrupted() {
    Recorder<Integer> recorder = Recorder.of(store);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> recorder.await(1, Duration.ofSeconds(30)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
