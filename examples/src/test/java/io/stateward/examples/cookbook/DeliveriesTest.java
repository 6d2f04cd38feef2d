package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {

  private final List<String> acts = new ArrayList<>();
  private final Store<String> text = Store.of("text", "");

  @Test
  void choose_busyWorker_conflatesOnlyWhereAsked() {
    Deque<Runnable> worker = new ArrayDeque<>();
    Deliveries.choose(text, worker::add, acts::add);

    text.set("a");
    text.set("b");
    while (!worker.isEmpty()) {
      worker.remove().run();
    }

    assertThat(acts)
        .containsExactly(
            "every, inline: a",
            "every, inline: b",
            "latest, on a worker: b",
            "every, on a worker: a",
            "every, on a worker: b");
  }

  @Test
  void timed_burst_savesFirstAndLastAndSearchesOnce() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Deliveries.timed(text, time, acts::add);

    text.set("a");
    time.advance(Duration.ofMillis(100));
    text.set("b");
    time.advance(Duration.ofSeconds(2));

    assertThat(acts).containsExactly("save a", "search b", "save b");
  }

  @Test
  void withCurrent_firstChange_isTheCurrentValue() {
    text.set("a");

    Deliveries.withCurrent(text, acts::add);
    text.set("b");

    assertThat(acts).containsExactly("now a", "now b");
  }
}
