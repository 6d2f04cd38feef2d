package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Reports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SerialListenerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> told = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final SerialListener serial =
      SerialListener.named("test wire", failures::incrementAndGet);

  private ConnectionListener recording() {
    return new ConnectionListener() {
      @Override
      public void onFrame(String frame) {
        told.add(frame);
      }

      @Override
      public void onClosed(int code, String reason) {
        told.add("ended " + code + " " + reason);
      }
    };
  }

  @Test
  void onFrame_beforeTheRelease_isHeldBack() {
    serial.onFrame("a");
    serial.onClosed(1000, "b");
    assertThat(told).isEmpty();

    serial.release(recording());

    assertThat(told).containsExactly("a", "ended 1000 b");
  }

  @Test
  void onClosed_again_isDroppedAndSoIsWhatFollows() {
    serial.release(recording());

    serial.onClosed(1000, "first");
    serial.onClosed(1006, "second");
    serial.onFrame("late");

    assertThat(told).containsExactly("ended 1000 first");
  }

  @Test
  void onFrame_listenerThrows_isReportedAndFailsOnce() {
    try (Reports reports = new Reports()) {
      serial.release(
          new ConnectionListener() {
            @Override
            public void onFrame(String frame) {
              throw new IllegalStateException("no");
            }

            @Override
            public void onClosed(int code, String reason) {
              told.add("ended " + code);
            }
          });

      serial.onFrame("four");
      serial.onClosed(1011, "");

      assertThat(reports.naming("test wire"))
          .singleElement()
          .satisfies(failed -> assertThat(failed.problem()).contains("a frame of 4 characters"));
      assertThat(failures).hasValue(1);
      assertThat(told).containsExactly("ended 1011");
    }
  }

  @Test
  void onClosed_withinOnFrame_comesAfterIt() {
    serial.release(
        new ConnectionListener() {
          @Override
          public void onFrame(String frame) {
            serial.onClosed(1000, "");
            told.add(frame);
          }

          @Override
          public void onClosed(int code, String reason) {
            told.add("ended");
          }
        });

    serial.onFrame("frame");

    assertThat(told).containsExactly("frame", "ended");
  }

  @Test
  void release_twice_isRefused() {
    serial.release(recording());

    assertThatThrownBy(() -> serial.release(recording()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one listener");
  }

  /** Two threads and the release race for the delivery: nothing is lost, told twice or at once. */
  @Test
  void onFrame_byManyThreadsDuringTheRelease_isToldOnceEachInTheOrderOfItsThread() {
    for (int round = 0; round < 300; round++) {
      SerialListener wire = SerialListener.named("test wire", failures::incrementAndGet);
      List<Integer> seen = new ArrayList<>(); // unguarded: serial calls must do
      ConnectionListener listener =
          new ConnectionListener() {
            @Override
            public void onFrame(String frame) {
              seen.add(Integer.parseInt(frame));
            }

            @Override
            public void onClosed(int code, String reason) {}
          };
      Concurrently.together(
          PATIENCE, () -> count(wire, 0), () -> count(wire, 1_000), () -> wire.release(listener));

      assertThat(seen).hasSize(100);
      assertThat(seen.stream().filter(number -> number < 1_000)).isSorted().hasSize(50);
      assertThat(seen.stream().filter(number -> number >= 1_000)).isSorted().hasSize(50);
    }
  }

  private static void count(SerialListener wire, int from) {
    for (int i = 0; i < 50; i++) {
      wire.onFrame(Integer.toString(from + i));
    }
  }
}
