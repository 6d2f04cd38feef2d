package io.stateward.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SystemTimekeeperTest {

  @Test
  void schedule_severalTasks_runInOrderOnTheNamedDaemon() throws InterruptedException {
    ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(3);
    try (SystemTimekeeper time = SystemTimekeeper.start("test-timer")) {
      for (String name : List.of("a", "b", "c")) {
        time.schedule(
            Duration.ofMillis(1),
            () -> {
              Thread thread = Thread.currentThread();
              ran.add(name + " " + thread.getName() + " " + thread.isDaemon());
              done.countDown();
            });
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(ran).containsExactly("a test-timer true", "b test-timer true", "c test-timer true");
  }

  @Test
  void schedule_taskThatThrows_laterTasksRun() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (SystemTimekeeper time = SystemTimekeeper.start("test-timer")) {
      time.schedule(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("foreign");
          });
      time.schedule(Duration.ZERO, done::countDown);

      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void cancel_beforeItIsDue_preventsTheTask() {
    try (SystemTimekeeper time = SystemTimekeeper.start("test-timer")) {
      Timer timer = time.schedule(Duration.ofHours(1), () -> {});

      assertThat(timer.cancel()).isTrue();
      assertThat(timer.cancel()).isFalse();
    }
  }

  @Test
  void schedule_afterClose_isRefusedByName() {
    SystemTimekeeper time = SystemTimekeeper.start("orders-timer");
    time.close();
    time.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> time.schedule(Duration.ZERO, () -> {}))
        .withMessageContaining("'orders-timer' is closed");
  }

  @Test
  void close_sharedTimekeeper_isRefused() {
    SystemTimekeeper shared = (SystemTimekeeper) Timekeeper.system();

    assertThatIllegalStateException()
        .isThrownBy(shared::close)
        .withMessageContaining("SystemTimekeeper.start(name)");
  }

  @Test
  void clocks_always_moveForward() {
    Timekeeper time = Timekeeper.system();
    long before = time.nanoTime();

    assertThat(time.nanoTime()).isGreaterThanOrEqualTo(before);
    assertThat(time.now()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }
}
