package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.SignalContract.Subject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 6 and 12: what foreign code may do, and whom it can harm. */
interface FailureRules extends SignalSubjects {

  @Test
  @DisplayName("6.1 a subscriber that throws harms nobody, stays, and is reported once by name")
  default void rule6_1_throwingSubscriberHarmsNobody() {
    verifyHarmless(
        change -> {
          throw new IllegalStateException("foreign");
        });
  }

  @Test
  @DisplayName("6.2 so does one that throws an error")
  default void rule6_2_subscriberThrowingAnErrorHarmsNobody() {
    verifyHarmless(
        change -> {
          throw new LinkageError("foreign");
        });
  }

  @Test
  @DisplayName("6.3 so does one that throws what cannot even be printed")
  default void rule6_3_unprintableExceptionHarmsNobody() {
    verifyHarmless(
        change -> {
          throw new Unprintable();
        });
  }

  private void verifyHarmless(Consumer<Change<Integer>> thrower) {
    Subject subject = create(0);
    Signal<Integer> signal = subject.signal().named("harmed");
    Recorder<Integer> before = new Recorder<>();
    Recorder<Integer> thrown = new Recorder<>();
    Recorder<Integer> after = new Recorder<>();
    signal.subscribe(before);
    signal.subscribe(Delivery.every().named("thrower"), thrown.andThen(thrower));
    signal.subscribe(after);

    try (Reports reports = new Reports()) {
      subject.set(1);

      assertThat(reports.naming("thrower")).hasSize(1);
      assertThat(reports.naming("thrower").get(0).where()).contains("harmed");
      assertThat(reports.naming("thrower").get(0).cause()).isNotNull();
    }
    subject.set(2);
    assertThat(before.values()).containsExactly(1, 2);
    assertThat(thrown.values()).containsExactly(1, 2);
    assertThat(after.values()).containsExactly(1, 2);
    assertThat(signal.get()).isEqualTo(2);
  }

  @Test
  @DisplayName("6.4 a function that throws fails its own signal, and is reported once by name")
  default void rule6_4_throwingFunctionHarmsNobody() {
    Subject subject = create(1);
    Signal<Integer> quotient = subject.signal().map(value -> 10 / value);
    quotient.named("quotient");
    Signal<Integer> sibling = subject.signal().map(value -> value + 1);
    Recorder<Integer> told = new Recorder<>();
    Recorder<Integer> others = new Recorder<>();
    quotient.subscribe(told);
    sibling.subscribe(others);

    try (Reports reports = new Reports()) {
      subject.set(0);

      assertThat(reports.naming("quotient")).hasSize(1);
      assertThat(reports.naming("quotient").get(0).cause()).isInstanceOf(ArithmeticException.class);
    }
    assertThat(told.changes()).isEmpty();
    assertThat(others.values()).containsExactly(1);
    assertThat(subject.signal().get()).isEqualTo(0);
    assertThatThrownBy(quotient::get)
        .isInstanceOf(SignalFailedException.class)
        .hasMessageContaining("'quotient'")
        .hasCauseInstanceOf(ArithmeticException.class);
  }

  @Test
  @DisplayName("6.5 an equality that throws counts as a difference, and is reported once by name")
  default void rule6_5_throwingEqualityHarmsNobody() {
    Subject subject = create(0);
    Signal<Integer> picky =
        subject
            .signal()
            .distinct(
                (one, other) -> {
                  throw new IllegalStateException("foreign");
                });
    picky.named("picky");
    Recorder<Integer> told = new Recorder<>();
    Recorder<Integer> others = new Recorder<>();
    picky.subscribe(told);
    subject.signal().subscribe(others);

    try (Reports reports = new Reports()) {
      subject.set(1);

      assertThat(reports.naming("picky")).hasSize(1);
    }
    assertThat(told.values()).containsExactly(1);
    assertThat(others.values()).containsExactly(1);
  }

  @Test
  @DisplayName("12.1 no lock is held while a subscriber runs")
  default void rule12_1_noLockWhileSubscriberRuns() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      Subscription held = subject.signal().subscribe(change -> gate.hold());
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      verifyUnlocked(subject, held);

      gate.open();
      Concurrently.finish(patience(), writer);
    }
  }

  @Test
  @DisplayName("12.2 no lock is held while a function runs for a reader")
  default void rule12_2_noLockWhileFunctionRunsForReader() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      Signal<Integer> mapped = subject.signal().map(value -> held(gate, value));
      CompletableFuture<Void> reader = Concurrently.start(mapped::get);
      gate.awaitHeld();

      verifyUnlocked(subject, subject.signal().subscribe(change -> {}));

      gate.open();
      Concurrently.finish(patience(), reader);
    }
  }

  @Test
  @DisplayName("12.3 no lock is held while a function runs for a delivery")
  default void rule12_3_noLockWhileFunctionRunsForDelivery() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      Signal<Integer> mapped =
          subject.signal().map(value -> value == 1 ? held(gate, value) : value);
      Subscription subscription = mapped.subscribe(change -> {});
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      verifyUnlocked(subject, subscription);

      gate.open();
      Concurrently.finish(patience(), writer);
    }
  }

  @Test
  @DisplayName("12.4 no lock is held while an equality runs")
  default void rule12_4_noLockWhileEqualityRuns() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      AtomicBoolean first = new AtomicBoolean(true);
      Signal<Integer> distinct =
          subject.signal().distinct((one, other) -> first.getAndSet(false) && held(gate, 0) > 0);
      Subscription subscription = distinct.subscribe(change -> {});
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      verifyUnlocked(subject, subscription);

      gate.open();
      Concurrently.finish(patience(), writer);
    }
  }

  private static int held(Gate gate, int value) {
    gate.hold();
    return value;
  }

  /** Does from another thread whatever would wait for a lock. */
  private void verifyUnlocked(Subject subject, Subscription subscription) {
    Concurrently.elsewhere(
        patience(),
        () -> {
          subject.signal().subscribe(change -> {}).close();
          subscription.close();
          subject.set(9);
        });
  }

  /** An exception that throws when somebody asks what it says. */
  final class Unprintable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unprintable() {}

    @Override
    public String getMessage() {
      throw new IllegalStateException("nothing to say");
    }
  }
}
