package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class DeliveryTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Store<Integer> store = Store.of("numbers", 0);
  private final Recorder<Integer> told = new Recorder<>();

  @Test
  void throttle_zeroPeriod_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.throttle(Duration.ZERO))
        .withMessage("The period of THROTTLE is longer than zero, not PT0S.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.debounce(Duration.ofMillis(-1)))
        .withMessage("The period of DEBOUNCE is longer than zero, not PT-0.001S.");
  }

  @Test
  void queue_withoutRoom_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.every().queue(0, Overflow.CLOSE))
        .withMessage("A queue holds at least 1 change, not 0.");
  }

  @Test
  void queue_ofConflatingMode_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.latest().queue(10, Overflow.CLOSE))
        .withMessageContaining("LATEST keeps only the latest change")
        .withMessageContaining("Delivery.every().queue(10, ...)");
  }

  @Test
  void withers_null_areRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> Delivery.every().on(null))
        .withMessage("executor");
    assertThatNullPointerException()
        .isThrownBy(() -> Delivery.every().timekeeper(null))
        .withMessage("timekeeper");
    assertThatNullPointerException()
        .isThrownBy(() -> Delivery.every().named(null))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> Delivery.every().queue(5, null))
        .withMessage("overflow");
  }

  @Test
  void withers_always_keepTheRest() {
    Delivery delivery =
        Delivery.every()
            .named("audit")
            .queue(5, Overflow.CLOSE)
            .on(Runnable::run)
            .timekeeper(time)
            .withCurrent();

    assertThat(delivery.name()).isEqualTo("audit");
    assertThat(delivery.capacity()).isEqualTo(5);
    assertThat(delivery.overflow()).isEqualTo(Overflow.CLOSE);
    assertThat(delivery.timekeeper()).isSameAs(time);
    assertThat(delivery.startsWithCurrent()).isTrue();
    assertThat(Delivery.every().capacity()).isEqualTo(Delivery.DEFAULT_CAPACITY);
  }

  @Test
  void throttle_onExecutor_runsThereAndNotOnTheTimekeeper() {
    ManualExecutor executor = new ManualExecutor();
    store.subscribe(Delivery.throttle(SECOND).timekeeper(time).on(executor), told);

    store.set(1);
    store.set(2);
    assertThat(told.values()).isEmpty();
    executor.runAll();
    time.advance(SECOND);
    assertThat(told.values()).containsExactly(2);
    store.set(3);
    time.advance(SECOND);
    executor.runAll();

    assertThat(told.values()).containsExactly(2, 3);
    told.verifyJoined();
  }

  @Test
  void throttle_closedMeanwhile_leavesNoTimer() {
    Subscription subscription = store.subscribe(Delivery.throttle(SECOND).timekeeper(time), told);
    store.set(1);
    store.set(2);
    assertThat(time.pending()).isEqualTo(1);

    subscription.close();
    time.advance(SECOND);

    assertThat(time.pending()).isZero();
    assertThat(told.values()).containsExactly(1);
  }

  @Test
  void debounce_manyChanges_keepOneTimer() {
    store.subscribe(Delivery.debounce(SECOND).timekeeper(time), told);

    for (int i = 1; i <= 100; i++) {
      store.set(i);
      time.advance(Duration.ofMillis(10));
      assertThat(time.pending()).isLessThanOrEqualTo(1);
    }
    time.advance(SECOND);
    time.advance(SECOND);

    assertThat(told.values()).containsExactly(100);
  }

  @Test
  void debounce_goneBackMeanwhile_tellsNobody() {
    store.subscribe(Delivery.debounce(SECOND).timekeeper(time), told);

    store.set(1);
    store.set(0);
    time.advance(SECOND);

    assertThat(told.changes()).isEmpty();
  }

  @Test
  void debounce_withCurrent_tellsTheCurrentValueAtOnce() {
    store.subscribe(Delivery.debounce(SECOND).timekeeper(time).withCurrent(), told);
    assertThat(told.values()).containsExactly(0);

    store.set(1);
    assertThat(told.values()).containsExactly(0);
    time.advance(SECOND);

    assertThat(told.values()).containsExactly(0, 1);
    told.verifyJoined();
  }

  @Test
  void withCurrent_onExecutor_tellsTheValueThatTheSubscriptionStartedFrom() {
    ManualExecutor executor = new ManualExecutor();
    store.subscribe(Delivery.every().on(executor).withCurrent(), told);

    store.set(1);
    store.set(2);
    executor.runAll();

    assertThat(told.values()).containsExactly(0, 1, 2);
    told.verifyJoined();
  }

  @Test
  void withCurrent_ofFailedSignal_waitsForAValue() {
    Signal<Integer> quotient = store.map(n -> 10 / n);

    quotient.subscribe(Delivery.every().withCurrent(), told);
    store.set(5);

    assertThat(told.values()).containsExactly(2);
  }

  @Test
  void on_executorThatRefuses_reportsNamesAndKeepsWhatWaits() {
    store.subscribe(
        Delivery.latest()
            .named("worker")
            .on(
                task -> {
                  throw new RejectedExecutionException("shut down");
                }),
        told);

    try (Reports reports = new Reports()) {
      store.set(1);

      assertThat(reports.naming("Subscriber 'worker' of 'numbers'")).hasSize(1);
      assertThat(reports.naming("worker").get(0).problem())
          .contains("executor refused")
          .contains("goes with the next change");
    }
    assertThat(store.get()).isEqualTo(1);
  }

  @Test
  void queue_overflowing_saysWhatFollows() {
    ManualExecutor never = new ManualExecutor();
    store.subscribe(
        Delivery.every().named("merging").on(never).queue(1, Overflow.MERGE_OLDEST), told);
    store.subscribe(Delivery.every().named("strict").on(never).queue(1, Overflow.CLOSE), told);

    try (Reports reports = new Reports()) {
      store.set(1);
      store.set(2);
      store.set(3);

      assertThat(reports.naming("merging")).hasSize(1);
      assertThat(reports.naming("merging").get(0).problem())
          .contains("queue of 1 changes overflowed")
          .contains("oldest are merged");
      assertThat(reports.naming("strict")).hasSize(1);
      assertThat(reports.naming("strict").get(0).problem()).contains("subscription is closed");
    }
  }

  @Test
  void queue_overflowingAgain_isReportedAgain() {
    ManualExecutor executor = new ManualExecutor();
    store.subscribe(
        Delivery.every().named("slow").on(executor).queue(1, Overflow.MERGE_OLDEST), told);

    try (Reports reports = new Reports()) {
      store.set(1);
      store.set(2);
      executor.runAll();
      store.set(3);
      store.set(4);
      store.set(5);
      executor.runAll();

      assertThat(reports.naming("slow")).hasSize(2);
    }
    assertThat(told.values()).containsExactly(2, 5);
    told.verifyJoined();
  }

  @Test
  void latest_blockedForEver_holdsUpNeitherReadersNorWriters() {
    List<Integer> read = new ArrayList<>();
    try (Gate gate = new Gate(Duration.ofSeconds(20))) {
      store.subscribe(change -> gate.hold());
      Concurrently.start(() -> store.set(1));
      gate.awaitHeld();

      Concurrently.elsewhere(
          Duration.ofSeconds(20),
          () -> {
            for (int i = 2; i <= 1_000; i++) {
              store.set(i);
              read.add(store.get());
            }
          });
    }

    assertThat(read).hasSize(999).endsWith(1_000);
  }
}
