package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Reports;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3: how a listener is told. */
interface ListeningRules extends TransportSubjects {

  @Test
  @DisplayName("3.1 calls are made one after the other, and each sees what the one before did")
  default void rule3_1_callsAreSerial() throws Exception {
    try (Meeting meeting = meet()) {
      String[] frames = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);
      meeting.client.then(frame -> dawdle());
      meeting.server.then(frame -> dawdle());
      CompletableFuture<Void> back = meeting.server.sendMeanwhile(frames);
      meeting.client.send(frames);
      Concurrently.finish(patience(), back);

      meeting.client.connection().close(1000, "");
      meeting.server.nextEnd();
      meeting.client.nextEnd();

      meeting.client.checkCalls();
      meeting.server.checkCalls();
    }
  }

  /** Gives another call the chance to come in between. */
  private static void dawdle() {
    for (int i = 0; i < 10; i++) {
      Thread.yield();
    }
  }

  @Test
  @DisplayName("3.2 the end is told once and last, also when both ends close while frames come")
  default void rule3_2_endIsOnceAndLast() throws Exception {
    for (int round = 0; round < 10; round++) {
      try (Meeting meeting = meet()) {
        List<CompletableFuture<Void>> all =
            List.of(talk(meeting.client, 30), talk(meeting.server, 40));
        for (CompletableFuture<Void> each : all) {
          Concurrently.finish(patience(), each);
        }

        meeting.client.nextEnd();
        meeting.server.nextEnd();
        meeting.client.checkCalls();
        meeting.server.checkCalls();
        assertThat(meeting.client.ends).hasValue(1);
        assertThat(meeting.server.ends).hasValue(1);
        assertThat(meeting.client.told).isEmpty();
        assertThat(meeting.server.told).isEmpty();
      }
    }
  }

  /** Sends some frames, as far as that goes, and closes. */
  private static CompletableFuture<Void> talk(End end, int frames) {
    return Concurrently.start(
        () -> {
          Connection connection = end.connection.join();
          for (int i = 0; i < frames; i++) {
            try {
              end.await(connection.send("frame " + i));
            } catch (Exception e) { // the other end was faster
              break;
            }
          }
          connection.close(1000, "said");
        });
  }

  @Test
  @DisplayName("3.3 a listener that throws is reported, and its connection closed with 1011")
  default void rule3_3_throwingListenerEndsItsConnection() throws Exception {
    try (Reports reports = new Reports();
        Meeting meeting = meet();
        Meeting another = meet()) {
      meeting.server.then(Poison::fail);
      another.client.then(Poison::fail);

      meeting.client.connection().send("poison");
      another.server.connection().send("poison");

      assertThat(meeting.client.nextEnd()).startsWith("ended 1011");
      assertThat(another.server.nextEnd()).startsWith("ended 1011");
      assertThat(meeting.server.nextEnd()).startsWith("ended ");
      assertThat(another.client.nextEnd()).startsWith("ended ");
      assertThat(reports.naming(""))
          .filteredOn(failed -> failed.cause() instanceof Poison.Deliberate)
          .hasSize(2);
    }
  }

  @Test
  @DisplayName("3.4 what a listener does with its connection does not call it within its call")
  default void rule3_4_noCallWithinACall() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.server.then(
          frame -> {
            Connection connection = meeting.server.connection.join();
            connection.send("answer");
            connection.close(1000, "answered");
          });

      meeting.client.connection().send("question");

      meeting.client.nextEnd();
      meeting.server.nextEnd();
      meeting.server.checkCalls();
      meeting.client.checkCalls();
    }
  }
}
