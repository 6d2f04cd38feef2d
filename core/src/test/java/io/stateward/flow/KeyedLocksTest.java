package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.KeyedLocks.Held;
import io.stateward.signal.Concurrently;
import io.stateward.time.SystemTimekeeper;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final KeyedLocks<Object> locks = KeyedLocks.create("accounts", time);

  /** Keys that are different and have the same hash code. */
  private record Twin(int number) {
    @Override
    public int hashCode() {
      return 42;
    }
  }

  /** What a thread does; may throw what it likes. */
  private interface Step {
    void run() throws Exception;
  }

  /** A thread that comes to wait, and how it ended. */
  private static final class Racer {
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    final Thread thread;

    Racer(Step step) {
      thread =
          new Thread(
              () -> {
                try {
                  step.run();
                } catch (Throwable t) { // looked at by the test
                  failure.set(t);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    Racer awaitWaiting() {
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (thread.getState() != Thread.State.WAITING) {
        assertThat(System.nanoTime()).as("the thread waits by now").isLessThan(limit);
        Thread.onSpinWait();
      }
      return this;
    }

    @Nullable Throwable end() throws InterruptedException {
      thread.join(PATIENCE.toMillis());
      assertThat(thread.isAlive()).as("stuck").isFalse();
      return failure.get();
    }
  }

  private boolean isFree(Object key) {
    return Concurrently.valueElsewhere(
        PATIENCE,
        () -> {
          try (Held held = locks.tryLock(key, Duration.ZERO)) {
            return held != null;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void lock_key_keepsOthersFromItUntilClosed() {
    Held held = locks.lock("a");

    assertThat(isFree("a")).isFalse();
    assertThat(isFree("b")).isTrue();
    held.close();
    held.close();

    assertThat(isFree("a")).isTrue();
    assertThat(locks.size()).isZero();
  }

  @Test
  void lock_again_isHeldUntilClosedAsOften() {
    Held first = locks.lock("a");
    Held second = locks.lock("a");
    assertThat(isFree("a")).isFalse(); // grows a crowd around both
    Held third = locks.lock("a");

    first.close();
    first.close();
    second.close();
    assertThat(isFree("a")).isFalse();
    third.close();

    assertThat(isFree("a")).isTrue();
    assertThat(locks.size()).isZero();
  }

  @Test
  void lock_sameKeyTwiceInOneCall_isFine() {
    try (Held held = locks.lock("a", "a")) {
      assertThat(held).isNotNull();
      assertThat(isFree("a")).isFalse();
    }

    assertThat(locks.size()).isZero();
  }

  @Test
  void close_byAnotherThread_isRefusedAndChangesNothing() {
    Held held = locks.lock("a");

    assertThatThrownBy(() -> Concurrently.elsewhere(PATIENCE, held::close))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Keyed locks 'accounts'")
        .hasMessageContaining("key a");

    assertThat(isFree("a")).isFalse();
    held.close();
    assertThat(isFree("a")).isTrue();
  }

  @Test
  void lock_byManyWhoWait_goesByTheOrderOfArrival() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Racer> racers = new ArrayList<>();
    try (Held ignored = locks.lock("a")) {
      for (int i = 0; i < 8; i++) {
        int number = i;
        racers.add(
            new Racer(
                    () -> {
                      try (Held held = locks.lock("a")) {
                        order.add(number);
                      }
                    })
                .awaitWaiting());
      }
    }

    for (Racer racer : racers) {
      assertThat(racer.end()).isNull();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(locks.size()).isZero();
  }

  @Test
  void tryLock_notInTime_answersNullAndLeavesTheQueue() throws Exception {
    Held held = locks.lock("a");
    AtomicReference<@Nullable Held> got = new AtomicReference<>(held);
    Racer racer = new Racer(() -> got.set(locks.tryLock("a", SECOND))).awaitWaiting();

    time.advance(SECOND.minusNanos(1));
    assertThat(racer.thread.isAlive()).isTrue();
    time.advance(Duration.ofNanos(1));

    assertThat(racer.end()).isNull();
    assertThat(got).hasValue(null);
    held.close();
    assertThat(locks.size()).isZero();
  }

  @Test
  void tryLock_inTime_takesItAndLeavesNoTimer() throws Exception {
    Held held = locks.lock("a");
    Racer racer =
        new Racer(
                () -> {
                  try (Held other = locks.tryLock("a", SECOND)) {
                    assertThat(other).isNotNull();
                  }
                })
            .awaitWaiting();

    held.close();

    assertThat(racer.end()).isNull();
    assertThat(time.pending()).isZero();
  }

  @Test
  void tryLockAll_oneIsMissing_takesNone() throws Exception {
    Held held = locks.lock("b");

    Concurrently.elsewhere(
        PATIENCE,
        () -> {
          try {
            assertThat(locks.tryLockAll(List.of("a", "b", "c"), Duration.ZERO)).isNull();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    assertThat(locks.size()).isEqualTo(1);
    held.close();
    assertThat(locks.size()).isZero();
  }

  @Test
  void tryLock_closedTimekeeper_failsAndLeavesTheQueue() throws Exception {
    SystemTimekeeper timekeeper = SystemTimekeeper.start("closed");
    timekeeper.close();
    KeyedLocks<String> untimed = KeyedLocks.create("untimed", timekeeper);
    Held held = untimed.lock("a");
    Racer racer = new Racer(() -> untimed.tryLock("a", SECOND));

    assertThat(racer.end())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    held.close();
    assertThat(untimed.size()).isZero();
  }

  @Test
  void lockAllInterruptibly_interrupted_holdsNone() throws Exception {
    Held held = locks.lock("b");
    Racer racer =
        new Racer(() -> locks.lockAllInterruptibly(List.of("a", "b", "c"))).awaitWaiting();

    racer.thread.interrupt();

    assertThat(racer.end()).isInstanceOf(InterruptedException.class).hasMessageContaining("key b");
    assertThat(locks.size()).isEqualTo(1);
    held.close();
    assertThat(locks.size()).isZero();
  }

  @Test
  void lock_interrupted_waitsOnAndKeepsTheInterrupt() throws Exception {
    Held held = locks.lock("a");
    AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
    Racer racer =
        new Racer(
                () -> {
                  try (Held other = locks.lock("a")) {
                    interrupted.set(Thread.currentThread().isInterrupted());
                  }
                })
            .awaitWaiting();

    racer.thread.interrupt();
    racer.awaitWaiting();
    held.close();

    assertThat(racer.end()).isNull();
    assertThat(interrupted).hasValue(true);
  }

  @Test
  void lock_inTwoCallsInACircle_refusesTheLast() throws Exception {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    List<Object> refused = Collections.synchronizedList(new ArrayList<>());
    Racer one = new Racer(() -> lockOneAfterTheOther("a", "b", bothHoldOne, refused));
    Racer other = new Racer(() -> lockOneAfterTheOther("b", "a", bothHoldOne, refused));

    assertThat(one.end()).isNull();
    assertThat(other.end()).isNull();

    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).toString()).contains("Take all keys in one call");
    assertThat(locks.size()).isZero();
  }

  private void lockOneAfterTheOther(
      Object first, Object second, CountDownLatch bothHoldOne, List<Object> refused)
      throws InterruptedException {
    try (Held held = locks.lock(first)) {
      bothHoldOne.countDown();
      assertThat(bothHoldOne.await(20, TimeUnit.SECONDS)).isTrue();
      try (Held more = locks.lock(second)) {
        assertThat(more).isNotNull();
      } catch (IllegalStateException e) {
        refused.add(e.getMessage());
      }
    }
  }

  @Test
  void lock_twoOppositeTransfers_neverWaitForEachOther() {
    Object[] accounts = IntStream.range(0, 6).mapToObj(i -> (Object) ("account " + i)).toArray();
    assertTransfersKeepTheSum(accounts);
  }

  @Test
  void lock_oppositeTransfersOfKeysWithOneHashCode_neverWaitForEachOther() {
    Object[] accounts = IntStream.range(0, 6).mapToObj(i -> (Object) new Twin(i)).toArray();
    assertTransfersKeepTheSum(accounts);
  }

  private void assertTransfersKeepTheSum(Object[] accounts) {
    int[] balances = new int[accounts.length]; // each guarded by the lock of its account
    Arrays.fill(balances, 100);
    Runnable[] tellers =
        IntStream.range(0, 4)
            .mapToObj(n -> (Runnable) () -> transfer(accounts, balances, new Random(n)))
            .toArray(Runnable[]::new);

    Concurrently.together(Duration.ofSeconds(60), tellers);

    assertThat(Arrays.stream(balances).sum()).isEqualTo(100 * accounts.length);
    assertThat(locks.size()).isZero();
  }

  private void transfer(Object[] accounts, int[] balances, Random random) {
    for (int i = 0; i < 5_000; i++) {
      int from = random.nextInt(accounts.length);
      int to = random.nextInt(accounts.length);
      try (Held held = locks.lock(accounts[from], accounts[to])) {
        balances[from]--;
        Thread.onSpinWait();
        balances[to]++;
      }
    }
  }

  @Test
  void lock_threadsWhoTakeTurns_loseNoUpdate() {
    int[] counts = new int[4]; // each guarded by the lock of its number
    Runnable[] racers =
        IntStream.range(0, 4)
            .mapToObj(
                n ->
                    (Runnable)
                        () -> {
                          for (int i = 0; i < 20_000; i++) {
                            int key = (i + n) % counts.length;
                            try (Held held = locks.lock(key * 1_024)) { // of one place
                              counts[key]++;
                            }
                          }
                        })
            .toArray(Runnable[]::new);

    Concurrently.together(Duration.ofSeconds(60), racers);

    assertThat(counts).containsExactly(20_000, 20_000, 20_000, 20_000);
    assertThat(locks.size()).isZero();
  }

  @Test
  void tryLock_threadsWhoGiveUpAndAreInterrupted_loseNothing() throws Exception {
    KeyedLocks<String> real = KeyedLocks.create("real");
    int[] count = {0}; // guarded by the lock of "a"
    int[] taken = new int[4];
    List<Racer> racers = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      int number = n;
      racers.add(
          new Racer(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  try (Held held = real.tryLock("a", Duration.ofNanos(i % 50 * 1_000L))) {
                    if (held != null) {
                      count[0]++;
                      taken[number]++;
                    }
                  } catch (InterruptedException e) {
                    // it goes on with the next
                  }
                }
              }));
    }
    Random random = new Random(3);
    while (racers.stream().anyMatch(racer -> racer.thread.isAlive())) {
      racers.get(random.nextInt(racers.size())).thread.interrupt();
      Thread.yield();
    }

    for (Racer racer : racers) {
      assertThat(racer.end()).isNull();
    }
    assertThat(count[0]).isEqualTo(Arrays.stream(taken).sum()).isPositive();
    assertThat(real.size()).isZero();
  }

  @Test
  void lock_aMillionKeysInTurn_leavesNothing() {
    for (int i = 0; i < 1_000_000; i++) {
      locks.lock("key " + i).close();
    }

    assertThat(locks.size()).isZero();
    assertThat(retained()).isEmpty();
  }

  private List<Object> retained() {
    return Concurrently.valueElsewhere(
        PATIENCE,
        () -> {
          List<Object> left = new ArrayList<>();
          LockTable<Object> table = locks.table();
          for (int i = 0; i < table.capacity(); i++) {
            Object place = table.place(i);
            if (place != null) {
              left.add(place);
            }
          }
          return left;
        });
  }

  @Test
  void lock_manyKeysAtOnce_areAllHeld() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      held.add(locks.lock(i));
    }
    assertThat(locks.size()).isEqualTo(10_000);
    assertThat(isFree(9_999)).isFalse();

    held.forEach(Held::close);

    assertThat(locks.size()).isZero();
    assertThat(retained()).isEmpty();
  }

  @Test
  void lockAll_ofNothing_isFine() {
    try (Held held = locks.lockAll(List.of())) {
      assertThat(held).isNotNull();
    }
    assertThat(locks.size()).isZero();
  }

  @Test
  void lockAll_fails_givesBackWhatItTook() {
    Object broken =
        new Object() {
          @Override
          public int hashCode() {
            return Integer.MAX_VALUE; // the last in order
          }

          @Override
          public boolean equals(@Nullable Object other) {
            throw new IllegalStateException("broken equals");
          }
        };
    CompletableFuture<Void> other = Concurrently.start(() -> locks.lock(new SameHash()));
    Concurrently.finish(PATIENCE, other);

    assertThatThrownBy(() -> locks.lockAll(List.of("a", broken))).hasMessage("broken equals");

    assertThat(locks.size()).isEqualTo(1);
  }

  private static final class SameHash {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Integer.MAX_VALUE;
    }
  }
}
