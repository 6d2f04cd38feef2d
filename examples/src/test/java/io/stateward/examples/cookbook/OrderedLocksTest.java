package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.OrderedLocks.Accounts;
import io.stateward.examples.cookbook.OrderedLocks.Bank;
import io.stateward.flow.KeyedLocks;
import io.stateward.testkit.Gate;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class OrderedLocksTest {

  private final Map<String, Long> balances =
      new ConcurrentHashMap<>(Map.of("a", 1_000L, "b", 1_000L));
  private final Accounts accounts =
      new Accounts() {
        @Override
        public long balance(String account) {
          return balances.getOrDefault(account, 0L);
        }

        @Override
        public void put(String account, long balance) {
          balances.put(account, balance);
        }
      };

  @Test
  void transfer_oppositeDirections_neitherLoseNorWaitForEachOther() throws Exception {
    Bank bank = new Bank(accounts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> transfers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        transfers.add(() -> bank.transfer("a", "b", 1));
        transfers.add(() -> bank.transfer("b", "a", 1));
      }

      for (Future<Boolean> done : threads.invokeAll(transfers, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(balances).containsEntry("a", 1_000L).containsEntry("b", 1_000L);
  }

  @Test
  void transfer_tooMuch_changesNothing() {
    assertThat(new Bank(accounts).transfer("a", "b", 1_001)).isFalse();

    assertThat(balances).containsEntry("a", 1_000L).containsEntry("b", 1_000L);
  }

  @Test
  void transfer_toItself_isHarmless() {
    assertThat(new Bank(accounts).transfer("a", "a", 10)).isTrue();

    assertThat(balances).containsEntry("a", 1_000L);
  }

  @Test
  void settle_oneIsTaken_givesUpAndHoldsNone() throws InterruptedException {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    KeyedLocks<String> locks = KeyedLocks.create("accounts", time);
    Gate gate = Gate.closed();
    Thread other =
        new Thread(
            () -> {
              try (KeyedLocks.Held held = locks.lock("b")) {
                gate.pass();
              }
            });
    other.start();
    gate.awaitHeld(1);
    List<String> settled = new ArrayList<>();
    List<Boolean> answers = new ArrayList<>();
    Thread patient =
        new Thread(
            () -> {
              try {
                answers.add(OrderedLocks.settle(locks, List.of("a", "b"), settled::addAll));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    patient.start();
    while (time.pending() == 0) {
      Thread.onSpinWait();
    }
    time.advance(Duration.ofSeconds(2));
    patient.join();

    assertThat(answers).containsExactly(false);
    assertThat(settled).isEmpty();
    assertThat(locks.size()).isEqualTo(1); // b, which the other thread holds
    gate.open();
    other.join();
    assertThat(OrderedLocks.settle(locks, List.of("a", "b"), settled::addAll)).isTrue();
    assertThat(settled).containsExactly("a", "b");
  }

  @Test
  void nested_alone_worksAllTheSame() {
    Map<String, Long> counts = new HashMap<>();

    OrderedLocks.nested(KeyedLocks.create("accounts"), counts);

    assertThat(counts).containsEntry("b", 1L);
  }

  @Test
  void nested_theOtherWayRound_theLastIsRefused() throws InterruptedException {
    KeyedLocks<String> locks = KeyedLocks.create("accounts");
    List<String> refusals = new CopyOnWriteArrayList<>();
    Gate gate = Gate.closed();
    Thread other =
        new Thread(
            () -> {
              try (KeyedLocks.Held held = locks.lock("b")) {
                gate.pass();
                lock(locks, "a", refusals);
              }
            });
    other.start();
    gate.awaitHeld(1);

    try (KeyedLocks.Held held = locks.lock("a")) {
      gate.open();
      lock(locks, "b", refusals);
    }
    other.join();

    assertThat(refusals).singleElement().asString().contains("would wait forever for key");
  }

  private static void lock(KeyedLocks<String> locks, String key, List<String> refusals) {
    try (KeyedLocks.Held held = locks.lock(key)) {
      assertThat(locks.size()).isPositive();
    } catch (IllegalStateException e) {
      refusals.add(String.valueOf(e.getMessage()));
    }
  }
}
