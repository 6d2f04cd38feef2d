package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 2: how a connection ends. */
interface EndingRules extends TransportSubjects {

  @Test
  @DisplayName("2.1 closing again, or by several threads, is closing once")
  default void rule2_1_closeIsIdempotent() throws Exception {
    try (Meeting meeting = meet()) {
      Connection connection = meeting.client.connection();
      List<CompletableFuture<Void>> closing = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closing.add(Concurrently.start(() -> connection.close(4409, "enough")));
      }

      for (CompletableFuture<Void> each : closing) {
        Concurrently.finish(patience(), each);
      }

      assertThat(meeting.server.nextEnd()).isEqualTo(End.ended(4409, "enough"));
      meeting.client.nextEnd();
      connection.close(1000, "again");
      assertThat(meeting.client.ends).hasValue(1);
      assertThat(meeting.server.ends).hasValue(1);
    }
  }

  @Test
  @DisplayName("2.2 closing does not block, also when the other end does not read")
  default void rule2_2_closingDoesNotBlock() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.server.hold();
      meeting.client.hold();
      meeting.client.connection().send("held");
      meeting.server.connection().send("held");

      Concurrently.elsewhere(
          patience().dividedBy(2), () -> meeting.client.connection.join().close(1000, "done"));
      Concurrently.elsewhere(
          patience().dividedBy(2), () -> meeting.server.connection.join().close(1000, "done"));
    }
  }

  @Test
  @DisplayName("2.3 the other end is told the code and the reason")
  default void rule2_3_otherEndIsToldWhy() throws Exception {
    try (Meeting meeting = meet();
        Meeting another = meet()) {
      meeting.client.connection().close(4401, "who are you?");
      another.server.connection().close(1012, "retry-after=200");

      assertThat(meeting.server.nextEnd()).isEqualTo(End.ended(4401, "who are you?"));
      assertThat(another.client.nextEnd()).isEqualTo(End.ended(1012, "retry-after=200"));
    }
  }

  @Test
  @DisplayName("2.4 the end that closes is told too")
  default void rule2_4_ownEndIsToldToo() throws Exception {
    try (Meeting meeting = meet();
        Meeting another = meet()) {
      meeting.client.connection().close(1000, "done");
      another.server.connection().close(1001, "done");

      meeting.client.nextEnd();
      another.server.nextEnd();
      assertThat(meeting.client.ends).hasValue(1);
      assertThat(another.server.ends).hasValue(1);
    }
  }

  @Test
  @DisplayName("2.5 a reason of more than 123 bytes is cut after a whole character")
  default void rule2_5_longReasonIsCut() throws Exception {
    String reason = "\ud83d\ude42".repeat(40);
    try (Meeting meeting = meet();
        Meeting another = meet()) {
      meeting.client.connection().close(1000, reason);
      another.server.connection().close(1000, reason);

      String expected = End.ended(1000, "\ud83d\ude42".repeat(30));
      assertThat(expected.getBytes(StandardCharsets.UTF_8).length).isLessThan(140);
      assertThat(meeting.server.nextEnd()).isEqualTo(expected);
      assertThat(another.client.nextEnd()).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("2.6 a code that cannot be sent is refused, and the connection goes on")
  default void rule2_6_unsendableCodeIsRefused() throws Exception {
    try (Meeting meeting = meet()) {
      for (End end : List.of(meeting.client, meeting.server)) {
        for (int code : new int[] {-1, 0, 999, 1004, 1005, 1006, 1015, 2999, 5000}) {
          assertThatThrownBy(() -> end.connection().close(code, ""))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(Integer.toString(code));
        }
      }

      meeting.client.send("still there");
      assertThat(meeting.server.next()).isEqualTo("still there");
    }
  }

  @Test
  @DisplayName("2.7 both ends of a connection that breaks are told 1006")
  default void rule2_7_breakIs1006() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.client.send("before");
      assertThat(meeting.server.next()).isEqualTo("before");

      meeting.line.cut();

      assertThat(meeting.client.nextEnd()).startsWith("ended 1006");
      assertThat(meeting.server.nextEnd()).startsWith("ended 1006");
    }
  }

  @Test
  @DisplayName("2.8 other connections go on")
  default void rule2_8_othersGoOn() throws Exception {
    try (Meeting meeting = meet();
        Meeting other = meeting.again()) {
      meeting.client.connection().close(1000, "done");
      meeting.server.nextEnd();
      meeting.client.nextEnd();

      other.client.send("to");
      other.server.send("fro");

      assertThat(other.server.next()).isEqualTo("to");
      assertThat(other.client.next()).isEqualTo("fro");
    }
  }

  @Test
  @DisplayName("2.9 what was sent before the close arrives before the end")
  default void rule2_9_whatWasSentBeforeTheCloseArrives() throws Exception {
    try (Meeting meeting = meet()) {
      meeting.client.send("1", "2", "3");
      meeting.client.connection().close(1000, "done");

      assertThat(meeting.server.next(4)).containsExactly("1", "2", "3", End.ended(1000, "done"));
    }
  }
}
