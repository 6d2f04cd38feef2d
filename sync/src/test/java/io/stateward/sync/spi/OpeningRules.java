package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Reports;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 4: how a connection comes to be. */
interface OpeningRules extends TransportSubjects {

  @Test
  @DisplayName("4.1 no frame comes before the connection was handed over")
  default void rule4_1_connectionComesFirst() throws Exception {
    for (int round = 0; round < 20; round++) {
      CountDownLatch waitedFor = new CountDownLatch(1); // or nothing depends on the stage yet
      AtomicBoolean handedOver = new AtomicBoolean();
      AtomicBoolean early = new AtomicBoolean();
      End client = new End(patience());
      client.then(frame -> early.compareAndSet(false, !handedOver.get()));
      try (Line line =
          open(
              (connection, peer) -> {
                await(waitedFor);
                connection.send("welcome");
                return new End(patience());
              })) {
        line.transport().connect(client).thenAccept(connection -> handedOver.set(true));
        waitedFor.countDown();

        assertThat(client.next()).isEqualTo("welcome");
        assertThat(early).isFalse();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("4.2 where nobody is, the stage fails, and the listener is told nothing")
  default void rule4_2_nobodyThereFailsTheStage() throws Exception {
    End client = new End(patience());
    try (Line line = open((connection, peer) -> new End(patience()))) {
      CompletionStage<Connection> connecting = line.nowhere().connect(client);

      assertThat(client.fails(connecting)).isTrue();
      assertThat(client.told).isEmpty();
    }
  }

  @Test
  @DisplayName("4.3 a server that throws on a connection closes it with 1011, and is reported")
  default void rule4_3_throwingAcceptorEndsTheConnection() throws Exception {
    End client = new End(patience());
    try (Reports reports = new Reports();
        Line line =
            open(
                (connection, peer) -> {
                  throw new Poison.Deliberate();
                })) {
      line.transport().connect(client).thenAccept(client.connection::complete);

      assertThat(client.nextEnd()).startsWith("ended 1011");
      assertThat(reports.naming(""))
          .anyMatch(failed -> failed.cause() instanceof Poison.Deliberate);
    }
  }
}
