package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.SignalContract.Subject;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 5: a subscription chooses what it is told, when, and where. */
interface DeliveryRules extends SignalSubjects {

  @Test
  @DisplayName("5.1 with an executor, changes wait for it, and none is skipped")
  default void rule5_1_everyChangeWaitsForTheExecutor() {
    Subject subject = create(0);
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.every().on(executor), told);

    IntStream.rangeClosed(1, 3).forEach(subject::set);
    List<Integer> before = told.values();
    executor.runAll();

    assertThat(before).isEmpty();
    assertThat(told.values()).containsExactly(1, 2, 3);
    told.verifyJoined();
  }

  @Test
  @DisplayName("5.2 delivery to one subscription is serial on an executor of many threads")
  default void rule5_2_deliveryIsSerialOnManyThreads() throws InterruptedException {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      subject
          .signal()
          .subscribe(Delivery.every().on(pool).queue(5_000, Overflow.MERGE_OLDEST), told);
      Concurrently.together(
          patience(),
          () -> IntStream.rangeClosed(1, 200).forEach(subject::set),
          () -> IntStream.rangeClosed(1_001, 1_200).forEach(subject::set));
    } finally {
      pool.shutdown();
    }

    assertThat(pool.awaitTermination(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    told.verifyJoined();
    assertThat(told.values()).endsWith(subject.signal().get());
    if (tellsEveryCommit()) {
      assertThat(told.values()).hasSize(400);
    }
  }

  @Test
  @DisplayName("5.3 a full queue merges its oldest changes, keeps the rest, and says so once")
  default void rule5_3_fullQueueMergesOldest() {
    Subject subject = create(0);
    subject.signal().named("merging");
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.every().on(executor).queue(2, Overflow.MERGE_OLDEST), told);

    try (Reports reports = new Reports()) {
      IntStream.rangeClosed(1, 5).forEach(subject::set);
      executor.runAll();

      assertThat(told.values()).containsExactly(4, 5);
      assertThat(told.changes().get(0).was()).isEqualTo(0);
      told.verifyJoined();
      assertThat(reports.naming("merging")).hasSize(1);
    }
  }

  @Test
  @DisplayName("5.4 a full queue ends the subscription that must not miss anything, and says so")
  default void rule5_4_fullQueueEndsTheSubscription() {
    Subject subject = create(0);
    subject.signal().named("strict");
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.every().on(executor).queue(2, Overflow.CLOSE), told);

    try (Reports reports = new Reports()) {
      IntStream.rangeClosed(1, 3).forEach(subject::set);
      executor.runAll();
      subject.set(4);
      executor.runAll();

      assertThat(told.values()).isEmpty();
      assertThat(reports.naming("strict")).hasSize(1);
    }
  }

  @Test
  @DisplayName("5.5 the latest change is all that waits for an executor when asked so")
  default void rule5_5_latestConflatesOnAnExecutor() {
    Subject subject = create(0);
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.latest().on(executor), told);

    IntStream.rangeClosed(1, 3).forEach(subject::set);
    executor.runAll();

    assertThat(told.changes()).containsExactly(new Change<>(0, 3, subject.signal().version()));
  }

  @Test
  @DisplayName("5.6 the latest change is all that an inline subscriber is told after a pause")
  default void rule5_6_latestConflatesInline() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      subject
          .signal()
          .subscribe(
              Delivery.latest(),
              change -> {
                told.accept(change);
                gate.hold();
              });
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();
      IntStream.rangeClosed(2, 4)
          .forEach(i -> Concurrently.elsewhere(patience(), () -> subject.set(i)));

      gate.open();
      Concurrently.finish(patience(), writer);
    }
    assertThat(told.values()).containsExactly(1, 4);
    told.verifyJoined();
  }

  @Test
  @DisplayName("5.7 throttled: the first change at once, then the latest once per period")
  default void rule5_7_throttleLimitsTheRate() {
    Subject subject = create(0);
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.throttle(Duration.ofMillis(100)).timekeeper(time), told);

    subject.set(1);
    subject.set(2);
    subject.set(3);
    time.advance(Duration.ofMillis(99));
    List<Integer> within = told.values();
    time.advance(Duration.ofMillis(1));
    List<Integer> after = told.values();
    time.advance(Duration.ofMillis(100));
    subject.set(4);

    assertThat(within).containsExactly(1);
    assertThat(after).containsExactly(1, 3);
    assertThat(told.values()).containsExactly(1, 3, 4);
    told.verifyJoined();
  }

  @Test
  @DisplayName("5.8 debounced: the latest change, once nothing has changed for a while")
  default void rule5_8_debounceWaitsForAPause() {
    Subject subject = create(0);
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.debounce(Duration.ofMillis(100)).timekeeper(time), told);

    subject.set(1);
    time.advance(Duration.ofMillis(99));
    subject.set(2);
    time.advance(Duration.ofMillis(99));
    List<Integer> within = told.values();
    time.advance(Duration.ofMillis(1));

    assertThat(within).isEmpty();
    assertThat(told.values()).containsExactly(2);
    assertThat(told.changes().get(0).was()).isEqualTo(0);
  }

  @Test
  @DisplayName("5.9 on request the current value comes first")
  default void rule5_9_currentValueComesFirst() {
    Subject subject = create(7);
    Recorder<Integer> told = new Recorder<>();

    subject.signal().subscribe(Delivery.every().withCurrent(), told);
    subject.set(8);

    assertThat(told.values()).containsExactly(7, 8);
    assertThat(told.changes().get(0).was()).isEqualTo(7);
    told.verifyJoined();
  }

  @Test
  @DisplayName("5.10 what an executor refuses is reported, and goes with the next change")
  default void rule5_10_refusedWorkGoesWithTheNextChange() {
    Subject subject = create(0);
    subject.signal().named("refused");
    AtomicBoolean refuses = new AtomicBoolean(true);
    Executor executor =
        task -> {
          if (refuses.get()) {
            throw new RejectedExecutionException("shut");
          }
          task.run();
        };
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.every().on(executor), told);

    try (Reports reports = new Reports()) {
      subject.set(1);
      refuses.set(false);
      subject.set(2);

      assertThat(told.values()).containsExactly(1, 2);
      told.verifyJoined();
      assertThat(reports.naming("refused")).hasSize(1);
      assertThat(reports.naming("refused").get(0).cause())
          .isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  @DisplayName("5.11 a slow subscriber with an executor holds up no other")
  default void rule5_11_slowSubscriberHoldsUpNobody() {
    Subject subject = create(0);
    List<String> told = new ArrayList<>();
    ManualExecutor never = new ManualExecutor();
    subject.signal().subscribe(Delivery.every().on(never), change -> told.add("slow"));
    subject.signal().subscribe(change -> told.add("quick"));

    subject.set(1);

    assertThat(told).containsExactly("quick");
  }
}
