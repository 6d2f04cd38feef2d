package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.SignalContract.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 4 and 10: how a subscription begins and ends, and what that costs. */
interface LifetimeRules extends SignalSubjects {

  @Test
  @DisplayName("4.1 nothing is lost between the current value and the first change")
  default void rule4_1_noGapAfterTheCurrentValue() {
    for (int round = 0; round < 5; round++) {
      Subject subject = create(0);
      Recorder<Integer> told = new Recorder<>();

      Concurrently.together(
          patience(),
          () -> {
            // no more than fit into the queue of a subscriber that is held up by the machine
            for (int i = 1; i <= 100 || (i < 1_000 && told.changes().size() < 50); i++) {
              subject.set(i);
            }
          },
          () -> subject.signal().subscribe(Delivery.every().withCurrent(), told));

      told.verifyJoined();
      List<Change<Integer>> changes = told.changes();
      assertThat(changes.get(0).was()).isEqualTo(changes.get(0).now());
      int last = subject.signal().get();
      assertThat(changes.get(changes.size() - 1).now()).isEqualTo(last);
      if (tellsEveryCommit()) {
        assertThat(changes).hasSize(last + 1 - changes.get(0).now());
      }
    }
  }

  @Test
  @DisplayName("4.2 who subscribes while older changes wait is told of the next one, from there on")
  default void rule4_2_newcomerStartsFromTheCurrentValue() {
    Subject subject = create(0);
    Recorder<Integer> newcomer = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      subject.signal().subscribe(change -> gate.hold());
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();
      Concurrently.elsewhere(patience(), () -> subject.set(2));
      Concurrently.elsewhere(patience(), () -> subject.signal().subscribe(newcomer));
      Concurrently.elsewhere(patience(), () -> subject.set(3));

      gate.open();
      Concurrently.finish(patience(), writer);
    }
    assertThat(newcomer.changes()).containsExactly(new Change<>(2, 3, subject.signal().version()));
  }

  @Test
  @DisplayName("4.3 after close, no callback begins, not even of a change under way")
  default void rule4_3_noCallbackBeginsAfterClose() {
    Subject subject = create(0);
    Recorder<Integer> closed = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      subject.signal().subscribe(change -> gate.hold());
      Subscription subscription = subject.signal().subscribe(closed);
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      subscription.close();

      gate.open();
      Concurrently.finish(patience(), writer);
    }
    assertThat(closed.changes()).isEmpty();
  }

  @Test
  @DisplayName("4.4 after close, no callback begins of what waits for an executor")
  default void rule4_4_noQueuedCallbackBeginsAfterClose() {
    Subject subject = create(0);
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    Subscription subscription = subject.signal().subscribe(Delivery.every().on(executor), told);
    subject.set(1);

    subscription.close();
    executor.runAll();

    assertThat(told.changes()).isEmpty();
  }

  @Test
  @DisplayName("4.5 a callback may close its own subscription")
  default void rule4_5_callbackMayCloseItself() {
    Subject subject = create(0);
    List<Integer> told = new ArrayList<>();
    List<Subscription> own = new ArrayList<>();
    own.add(
        subject
            .signal()
            .subscribe(
                change -> {
                  told.add(change.now());
                  own.get(0).close();
                }));

    Concurrently.elsewhere(patience(), () -> subject.set(1));
    subject.set(2);

    assertThat(told).containsExactly(1);
  }

  @Test
  @DisplayName("4.6 a callback may close another subscription before it is told")
  default void rule4_6_callbackMayCloseAnother() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    List<Subscription> other = new ArrayList<>();
    subject.signal().subscribe(change -> other.forEach(Subscription::close));
    other.add(subject.signal().subscribe(told));

    Concurrently.elsewhere(patience(), () -> subject.set(1));

    assertThat(told.changes()).isEmpty();
  }

  @Test
  @DisplayName("4.7 closing again does nothing, even to a twin with the same callback")
  default void rule4_7_closingAgainLeavesTheTwin() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    Subscription first = subject.signal().subscribe(told);
    subject.signal().subscribe(told);

    first.close();
    first.close();
    subject.set(1);

    assertThat(told.values()).containsExactly(1);
  }

  @Test
  @DisplayName("4.8 who subscribes in a callback is told of the next change")
  default void rule4_8_subscribingInsideCallbackStartsWithTheNextChange() {
    Subject subject = create(0);
    Recorder<Integer> newcomer = new Recorder<>();
    List<Subscription> added = new ArrayList<>();
    subject
        .signal()
        .subscribe(
            change -> {
              if (added.isEmpty()) {
                added.add(subject.signal().subscribe(newcomer));
              }
            });

    subject.set(1);
    subject.set(2);

    assertThat(newcomer.changes()).containsExactly(new Change<>(1, 2, subject.signal().version()));
  }

  @Test
  @DisplayName("10.1 subscribing and closing cost the same however many are subscribed")
  default void rule10_1_subscribingAndClosingAreConstant() {
    double growth = Double.MAX_VALUE;
    for (int attempt = 0; attempt < 4 && growth > 8; attempt++) { // other work may disturb one
      double few = nanosEach(250, 64);
      double many = nanosEach(16_000, 1);
      growth = Math.min(growth, many / few);
    }

    assertThat(growth).as("times the cost among 64 times as many").isLessThanOrEqualTo(8);
  }

  private double nanosEach(int count, int rounds) {
    long nanos = 0;
    for (int round = 0; round < rounds; round++) {
      Subject subject = create(0);
      List<Subscription> all = new ArrayList<>(count);
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        all.add(subject.signal().subscribe(change -> {}));
      }
      Collections.shuffle(all, new Random(7)); // no order is a good one for a list
      all.forEach(Subscription::close);
      nanos += System.nanoTime() - start;
    }
    return nanos / (double) (count * rounds);
  }

  @Test
  @DisplayName("10.2 a change is evaluated once, however many are told")
  default void rule10_2_oneEvaluationForManySubscribers() {
    Subject subject = create(0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> mapped =
        subject
            .signal()
            .map(
                value -> {
                  evaluated.add(value);
                  return value;
                });
    Recorder<Integer> told = new Recorder<>();
    for (int i = 0; i < 100; i++) {
      mapped.subscribe(told);
    }
    evaluated.clear();

    subject.set(1);
    subject.set(2);

    assertThat(evaluated).containsExactly(1, 2);
    assertThat(told.values()).hasSize(200);
  }
}
