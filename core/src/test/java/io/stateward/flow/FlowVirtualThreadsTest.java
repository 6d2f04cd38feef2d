package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.VirtualThreads;
import io.stateward.flow.KeyedLocks.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads may wait for locks and tasks, and none is pinned by it. */
@EnabledForJreRange(min = JRE.JAVA_21)
final class FlowVirtualThreadsTest {

  private static final int THREADS = 1_000;
  private static final int ACCOUNTS = 5;

  private final int[] balances = new int[ACCOUNTS]; // each guarded by the lock of its account
  private final KeyedLocks<Integer> locks = KeyedLocks.create("accounts");
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();

  @Test
  void locksAndTasks_onManyVirtualThreads_loseNothingAndPinNone(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pinned.jfr");

    ExecutorService virtual = VirtualThreads.executor();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      runOn(virtual); // loads the classes, and the JVM pins threads that wait for that
      recording.start();
      runOn(virtual);
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdown();
      assertThat(virtual.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Arrays.stream(balances).sum()).isZero();
    assertThat(locks.size()).isZero();
    assertThat(loads.get()).isBetween(2 * 7, 2 * THREADS);
    assertThat(interrupted).hasPositiveValue();
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private void runOn(ExecutorService virtual) throws Exception {
    SingleFlight<Integer, Integer> rates =
        SingleFlight.of("rates", Call.blocking(virtual, key -> loads.incrementAndGet()));
    CountDownLatch lastBegan = new CountDownLatch(1);
    Latest<Integer, Integer> latest =
        Latest.of("latest", Call.blocking(virtual, n -> waitForever(n, lastBegan, interrupted)));
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      running.add(
          virtual.submit(
              () -> {
                transfer(locks, balances, number);
                latest.start(number);
                return rates.start(number % 7).await().orThrow();
              }));
    }
    for (Future<?> one : running) {
      one.get(60, TimeUnit.SECONDS);
    }
    latest.start(THREADS);
    assertThat(lastBegan.await(60, TimeUnit.SECONDS)).isTrue();
    latest.close(); // others may have been overtaken before they began; this one is interrupted
  }

  private static void transfer(KeyedLocks<Integer> locks, int[] balances, int number) {
    int from = number % ACCOUNTS;
    int to = (number + 1 + number / ACCOUNTS % (ACCOUNTS - 1)) % ACCOUNTS;
    for (int i = 0; i < 20; i++) {
      try (Held held = locks.lock(from, to)) {
        balances[from]--;
        Thread.yield();
        balances[to]++;
      }
    }
  }

  private static Integer waitForever(
      int number, CountDownLatch lastBegan, AtomicInteger interrupted) throws InterruptedException {
    if (number == THREADS) {
      lastBegan.countDown();
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
    return 0;
  }
}
