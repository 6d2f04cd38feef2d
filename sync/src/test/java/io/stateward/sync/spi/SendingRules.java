package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1: what is sent. */
interface SendingRules extends TransportSubjects {

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }

  @Test
  @DisplayName("1.1 frames arrive in the order in which they were sent, each once, either way")
  default void rule1_1_framesArriveInOrderAndOnce() throws Exception {
    try (Meeting meeting = meet()) {
      String[] frames = numbered(300);
      CompletableFuture<Void> back = meeting.server.sendMeanwhile(frames);

      meeting.client.send(frames);

      Concurrently.finish(patience(), back);
      assertThat(meeting.server.next(frames.length)).containsExactly(frames);
      assertThat(meeting.client.next(frames.length)).containsExactly(frames);
    }
  }

  @Test
  @DisplayName("1.2 a frame arrives as it was sent: empty, long, in any script")
  default void rule1_2_framesArriveAsTheyWereSent() throws Exception {
    List<String> frames =
        List.of("", "x".repeat(200_000), "\u00e9\u4e16\ud83d\ude42".repeat(30_000), "\u0000\n\"\\");
    try (Meeting meeting = meet()) {
      for (String frame : frames) {
        meeting.client.send(frame);
        meeting.server.send(frame);
        assertThat(meeting.server.next()).isEqualTo(frame);
        assertThat(meeting.client.next()).isEqualTo(frame);
      }
    }
  }

  @Test
  @DisplayName("1.3 sending does not block, also when the other end does not read")
  default void rule1_3_sendingDoesNotBlock() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.server.hold();
      meeting.client.hold();

      Concurrently.elsewhere(patience().dividedBy(2), () -> fill(meeting.client));
      Concurrently.elsewhere(patience().dividedBy(2), () -> fill(meeting.server));
    }
  }

  /** Sends until a frame is not taken over at once, or there is no end to it. */
  private static CompletionStage<Void> fill(End end) {
    String frame = "x".repeat(100_000);
    Connection connection = end.connection.join();
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < 300 && isDoneSoon(last); i++) {
      last = connection.send(frame).toCompletableFuture();
    }
    return last;
  }

  /** If not, nobody reads at the other end. */
  private static boolean isDoneSoon(CompletableFuture<?> stage) {
    try {
      stage.get(50, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("1.4 the stage of a frame completes when the next may be sent")
  default void rule1_4_stageCompletes() throws Exception {
    try (Meeting meeting = meet()) {
      for (String frame : numbered(50)) {
        meeting.client.await(meeting.client.connection().send(frame));
        meeting.server.await(meeting.server.connection().send(frame));
      }
    }
  }

  @Test
  @DisplayName("1.5 sending on a connection that was closed here fails")
  default void rule1_5_sendingAfterCloseFails() throws Exception {
    try (Meeting meeting = meet()) {
      for (End end : List.of(meeting.client, meeting.server)) {
        end.connection().close(1000, "done");
        end.nextEnd();

        assertThat(end.fails(end.connection().send("late"))).isTrue();
      }
    }
  }

  @Test
  @DisplayName("1.6 sending on a connection that was closed there fails")
  default void rule1_6_sendingToWhoClosedFails() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.server.connection().close(4400, "go");
      meeting.client.nextEnd();

      assertThat(meeting.client.fails(meeting.client.connection().send("late"))).isTrue();
    }
  }

  @Test
  @DisplayName("1.7 a frame that is under way when the connection breaks does not stay so")
  default void rule1_7_framesUnderWayAreSettled() throws Exception {
    try (Meeting meeting = meet();
        Meeting another = meet()) {
      meeting.server.hold();
      another.client.hold();
      CompletionStage<Void> there = fill(meeting.client);
      CompletionStage<Void> back = fill(another.server);

      meeting.line.cut();
      another.line.cut();

      meeting.client.fails(there); // or it was taken over; but it is known which
      another.server.fails(back);
    }
  }

  @Test
  @DisplayName("1.8 what arrives of what was sent before a break is its beginning")
  default void rule1_8_whatArrivesIsABeginning() throws Exception {
    try (Meeting meeting = meet()) {
      String[] frames = numbered(1_000);
      CompletableFuture<Void> sending = meeting.client.sendMeanwhile(frames);
      assertThat(meeting.server.next(20)).containsExactly(numbered(20));

      meeting.line.cut();

      Concurrently.finish(patience(), sending.handle((done, failure) -> "either"));
      for (int i = 20; ; i++) {
        String next = meeting.server.next();
        if (next.startsWith("ended ")) {
          break;
        }
        assertThat(next).isEqualTo(Integer.toString(i));
      }
    }
  }
}
