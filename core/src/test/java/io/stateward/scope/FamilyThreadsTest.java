package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.ClosedException;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Families used by many threads: one factory call per key, and no value closed while in use. */
@Timeout(60)
final class FamilyThreadsTest {

  private static final int THREADS = 4;

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  /** A value that knows how often it was closed. */
  private static final class Value implements AutoCloseable {
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private void inThreads(ThrowingTask task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      running.add(
          executor.submit(
              () -> {
                start.await();
                task.run(number);
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get(30, TimeUnit.SECONDS);
    }
  }

  private interface ThrowingTask {
    void run(int thread) throws Exception;
  }

  @Test
  void get_sameKeyInManyThreads_factoryRunsOnce() throws Exception {
    for (int round = 0; round < 1_000; round++) {
      AtomicInteger made = new AtomicInteger();
      Family<String, Integer> family =
          Family.lru("family", 9, key -> made.incrementAndGet() + key.length());
      inThreads(thread -> assertThat(family.get("a")).isEqualTo(2));
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void get_whileFactoryOfAnotherKeyBlocks_isNotHeldUp() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Family<String, String> family =
        Family.lru(
            "family",
            9,
            key -> {
              if (key.equals("slow")) {
                inside.countDown();
                awaitLatch(goOn);
              }
              return key;
            });
    Future<String> slow = executor.submit(() -> family.get("slow"));
    awaitLatch(inside);

    assertThat(family.get("quick")).isEqualTo("quick");
    assertThat(family.size()).isEqualTo(2);
    goOn.countDown();

    assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("slow");
  }

  @Test
  void get_factoryFailsWhileOthersWait_allGetTheSameFailure() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Family<String, String> family =
        Family.lru(
            "family",
            9,
            key -> {
              calls.incrementAndGet();
              inside.countDown();
              awaitLatch(goOn);
              throw new IllegalArgumentException("no");
            });
    Future<String> first = executor.submit(() -> family.get("a"));
    awaitLatch(inside);
    AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    Future<String> second =
        executor.submit(
            () -> {
              waiting.set(Thread.currentThread());
              return family.get("a");
            });
    awaitBlocked(waiting);
    goOn.countDown();

    assertThat(failureOf(first)).isSameAs(failureOf(second));
    assertThat(calls).hasValue(1);
    assertThat(family.size()).isZero();
  }

  @Test
  void get_interruptedWhileItWaits_getsTheValueAndStaysInterrupted() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Family<String, String> family =
        Family.lru(
            "family",
            9,
            key -> {
              inside.countDown();
              awaitLatch(goOn);
              return key;
            });
    Future<String> first = executor.submit(() -> family.get("a"));
    awaitLatch(inside);
    AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    Future<Boolean> second =
        executor.submit(
            () -> {
              waiting.set(Thread.currentThread());
              return family.get("a").equals("a") && Thread.interrupted();
            });
    awaitBlocked(waiting);
    waiting.get().interrupt();
    goOn.countDown();

    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("a");
  }

  @Test
  void factories_ofTwoFamiliesWaitForEachOther_oneIsTold() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicReference<@Nullable Family<String, String>> left = new AtomicReference<>();
    AtomicReference<@Nullable Family<String, String>> right = new AtomicReference<>();
    left.set(Family.lru("left", 9, key -> meet(both) + right.get().get(key)));
    right.set(Family.lru("right", 9, key -> meet(both) + left.get().get(key)));
    Future<String> one = executor.submit(() -> left.get().get("a"));
    Future<String> other = executor.submit(() -> right.get().get("a"));

    assertThat(failureOf(one))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is being made of itself");
    assertThat(failureOf(other)).isSameAs(failureOf(one)); // who waits shares what comes of it
    assertThat(left.get().size() + right.get().size()).isZero();
  }

  @Test
  void counted_leasedByMany_neverClosedInUseAndOnceInTheEnd() throws Exception {
    List<Value> made = Collections.synchronizedList(new ArrayList<>());
    LeasedFamily<Integer, Value> family = Family.counted("family", key -> added(made));
    stressLeases(family);

    assertThat(family.size()).isZero();
    assertThat(made).isNotEmpty().allMatch(value -> value.closed.get() == 1);
  }

  @Test
  void lru_leasedByMany_neverClosedInUseAndOnceInTheEnd() throws Exception {
    List<Value> made = Collections.synchronizedList(new ArrayList<>());
    Family<Integer, Value> family = Family.lru("family", 2, key -> added(made));
    stressLeases(family);
    assertThat(family.size()).isEqualTo(2);
    family.close();

    assertThat(made).isNotEmpty().allMatch(value -> value.closed.get() == 1);
  }

  @Test
  void idle_timePassesMeanwhile_neverClosedInUseAndOnceInTheEnd() throws Exception {
    List<Value> made = Collections.synchronizedList(new ArrayList<>());
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Family<Integer, Value> family =
        Family.idle("family", Duration.ofNanos(3), time, key -> added(made));
    AtomicBoolean over = new AtomicBoolean();
    Future<?> clock =
        executor.submit(
            () -> {
              while (!over.get()) {
                time.advance(Duration.ofNanos(1));
              }
            });
    stressLeases(family);
    over.set(true);
    clock.get(30, TimeUnit.SECONDS);
    time.advance(Duration.ofNanos(4));

    assertThat(family.size()).isZero();
    assertThat(time.pending()).isZero();
    assertThat(made).isNotEmpty().allMatch(value -> value.closed.get() == 1);
  }

  @Test
  void close_whileOthersAsk_everyValueIsClosedOnce() throws Exception {
    for (int round = 0; round < 500; round++) {
      List<Value> made = Collections.synchronizedList(new ArrayList<>());
      Family<Integer, Value> family = Family.lru("family", 3, key -> added(made));
      inThreads(
          thread -> {
            if (thread == 0) {
              family.close();
              return;
            }
            try {
              for (int i = 0; i < 20; i++) {
                family.lease(i % 5).close();
              }
            } catch (ClosedException e) {
              // the answer once it is closed
            }
          });
      assertThat(made).allMatch(value -> value.closed.get() == 1);
    }
  }

  @Test
  void counted_aMillionKeys_leaveNothingBehind() {
    LeasedFamily<Integer, Value> family = Family.counted("family", key -> new Value());
    for (int i = 0; i < 1_000_000; i++) {
      try (Lease<Value> lease = family.lease(i)) {
        assertThat(lease.value().closed.get()).isZero();
      }
    }

    assertThat(family.size()).isZero();
  }

  private void stressLeases(LeasedFamily<Integer, Value> family) throws Exception {
    inThreads(
        thread -> {
          for (int i = 0; i < 20_000; i++) {
            try (Lease<Value> lease = family.lease((i * 7 + thread) % 5)) {
              if (lease.value().closed.get() != 0) {
                throw new AssertionError("closed while it is leased");
              }
            }
          }
        });
  }

  private static Value added(List<Value> made) {
    Value value = new Value();
    made.add(value);
    return value;
  }

  private static String meet(CyclicBarrier both) {
    try {
      both.await(30, TimeUnit.SECONDS);
      return "";
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitBlocked(AtomicReference<@Nullable Thread> thread) {
    while (thread.get() == null || thread.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static Throwable failureOf(Future<?> future) throws Exception {
    try {
      future.get(30, TimeUnit.SECONDS);
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
