package io.stateward.jakarta.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClosersTest {

  @Test
  void execute_whileOthersBlock_runsOnADaemonOfItsOwnThatEndsAfterwards() throws Exception {
    Executor closers = Closers.of("/sync", Duration.ofMillis(1));
    var threads = ConcurrentHashMap.<Thread>newKeySet();
    var release = new CountDownLatch(1);
    var blocked = new CountDownLatch(Closers.MOST - 1);
    for (int i = 1; i < Closers.MOST; i++) {
      closers.execute(
          () -> {
            threads.add(Thread.currentThread());
            blocked.countDown();
            awaitOf(release);
          });
    }
    awaitOf(blocked);
    var ran = new CountDownLatch(1);

    closers.execute(ran::countDown);

    awaitOf(ran);
    release.countDown();
    assertThat(threads).allMatch(Thread::isDaemon);
    for (Thread each : threads) {
      assertThat(each.getName()).startsWith("close /sync #");
      each.join(20_000);
      assertThat(each.isAlive()).isFalse();
    }
  }

  private static void awaitOf(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
