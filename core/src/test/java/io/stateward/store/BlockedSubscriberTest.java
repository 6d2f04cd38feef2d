package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Change;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.signal.Gate;
import io.stateward.signal.Probe;
import io.stateward.signal.Reports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A subscriber that does not return holds up its neighbours, and neither writers nor memory. */
final class BlockedSubscriberTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WAITING = 65_536;
  private static final int COMMITS = WAITING + 1_000;

  @Test
  void commits_whileSubscriberBlocks_waitInBoundsAndSayWhoBlocks() {
    Store<Integer> store = Store.of("ticker", 0);
    List<Change<Integer>> told = new ArrayList<>();

    try (Gate gate = new Gate(PATIENCE);
        Reports reports = new Reports()) {
      store.subscribe(Delivery.every().named("painter"), change -> gate.hold());
      store.subscribe(told::add);
      CompletableFuture<Void> first = Concurrently.start(() -> store.set(1));
      gate.awaitHeld();
      for (int n = 2; n <= COMMITS; n++) {
        store.set(n);
      }

      assertThat(store.get()).isEqualTo(COMMITS);
      assertThat(reports.naming("ticker"))
          .singleElement()
          .extracting(Probe.Failed::problem)
          .asString()
          .contains("65536 commits wait", "'painter' has not returned", "executor");
      gate.open();
      Concurrently.finish(PATIENCE, first);
    }

    assertThat(told).hasSize(WAITING + 1);
    assertThat(told.get(0)).isEqualTo(new Change<>(0, 1, 1));
    assertThat(told.get(1))
        .isEqualTo(new Change<>(1, COMMITS - WAITING + 1, COMMITS - WAITING + 1));
    assertThat(told.get(told.size() - 1).now()).isEqualTo(COMMITS);
  }
}
