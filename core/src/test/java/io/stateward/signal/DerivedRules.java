package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.SignalContract.Subject;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 8: signals made of signals. */
interface DerivedRules extends SignalSubjects {

  @Test
  @DisplayName("8.1 two ways from one value to another meet without a glitch, and once")
  default void rule8_1_diamondIsEvaluatedOnce() {
    Subject subject = create(0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> sum =
        combine(
            subject.signal().map(value -> value * 2),
            subject.signal().map(value -> value * 3),
            (two, three) -> {
              evaluated.add(two + three);
              return two + three;
            });
    Recorder<Integer> told = new Recorder<>();
    sum.subscribe(told);
    evaluated.clear();

    subject.set(1);
    subject.set(2);

    assertThat(told.values()).containsExactly(5, 10);
    assertThat(evaluated).containsExactly(5, 10);
  }

  @Test
  @DisplayName("8.2 a reader never sees two parts of one value at two moments")
  default void rule8_2_readsAreNeverTorn() {
    verifyReadIsWhole(true);
    verifyReadIsWhole(false);
  }

  /** Changes the value while a read is held in one of two inputs. */
  private void verifyReadIsWhole(boolean inFirst) {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      AtomicBoolean slow = new AtomicBoolean(true);
      Signal<Integer> held =
          subject
              .signal()
              .map(
                  value -> {
                    if (slow.getAndSet(false)) {
                      gate.hold();
                    }
                    return value;
                  });
      Signal<Integer> negated = subject.signal().map(value -> -value);
      Signal<Integer> sum =
          inFirst ? combine(held, negated, Integer::sum) : combine(negated, held, Integer::sum);
      CompletableFuture<Integer> read = new CompletableFuture<>();
      CompletableFuture<Void> reader = Concurrently.start(() -> read.complete(sum.get()));
      gate.awaitHeld();
      Concurrently.elsewhere(patience(), () -> subject.set(1));

      gate.open();
      Concurrently.finish(patience(), reader);

      assertThat(read).isCompletedWithValue(0);
      assertThat(sum.get()).isEqualTo(0);
    }
  }

  @Test
  @DisplayName("8.3 nobody reads, nothing runs")
  default void rule8_3_derivedSignalsAreLazy() {
    Subject subject = create(0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> mapped = subject.signal().map(value -> noted(evaluated, value));

    subject.set(1);
    subject.set(2);
    List<Integer> unread = List.copyOf(evaluated);
    mapped.get();
    subject.set(3);

    assertThat(unread).isEmpty();
    assertThat(evaluated).containsExactly(2);
  }

  @Test
  @DisplayName("8.4 nothing changed, nothing runs again")
  default void rule8_4_derivedSignalsAreMemoised() {
    Subject subject = create(0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> mapped = subject.signal().map(value -> noted(evaluated, value));

    mapped.get();
    mapped.versioned();
    mapped.version();
    mapped.get();

    assertThat(evaluated).containsExactly(0);
  }

  @Test
  @DisplayName("8.5 where a value stays equal, a change ends")
  default void rule8_5_equalResultsCutOff() {
    Subject subject = create(10);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> tens = subject.signal().map(value -> value / 10 * 100_000);
    Signal<Integer> leaf = tens.map(value -> noted(evaluated, value));
    Recorder<Integer> told = new Recorder<>();
    leaf.subscribe(told);
    leaf.get();
    evaluated.clear();
    long version = leaf.version();

    subject.set(11);
    subject.set(12);

    assertThat(leaf.get()).isEqualTo(100_000);
    assertThat(leaf.version()).isEqualTo(version);
    assertThat(evaluated).isEmpty();
    assertThat(told.changes()).isEmpty();
    subject.set(20);
    assertThat(told.values()).containsExactly(200_000);
  }

  @Test
  @DisplayName("8.6 a chosen equality decides what counts as a change")
  default void rule8_6_chosenEqualityDecides() {
    Subject subject = create(0);
    Signal<Integer> parity = subject.signal().distinct((one, other) -> one % 2 == other % 2);
    Recorder<Integer> told = new Recorder<>();
    parity.subscribe(told);

    subject.set(2);
    subject.set(3);
    subject.set(5);
    subject.set(6);

    assertThat(told.values()).containsExactly(3, 6);
    assertThat(told.changes().get(0).was()).isEqualTo(0);
  }

  @Test
  @DisplayName("8.7 a failure is kept until an input changes")
  default void rule8_7_failureIsCached() {
    Subject subject = create(0);
    List<Integer> evaluated = new ArrayList<>();
    Signal<Integer> quotient = subject.signal().map(value -> 10 / noted(evaluated, value));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(quotient::get)
          .isInstanceOf(SignalFailedException.class)
          .hasCauseInstanceOf(ArithmeticException.class);
    }

    assertThat(evaluated).containsExactly(0);
  }

  @Test
  @DisplayName("8.8 a failed signal recovers, and goes on from the value that was told last")
  default void rule8_8_failureEndsWithTheNextInput() {
    Subject subject = create(1);
    Signal<Integer> quotient = subject.signal().map(value -> 10 / value);
    Recorder<Integer> told = new Recorder<>();
    quotient.subscribe(told);

    subject.set(2);
    subject.set(0);
    subject.set(5);

    assertThat(quotient.get()).isEqualTo(2);
    assertThat(told.values()).containsExactly(5, 2);
    told.verifyJoined();
  }

  @Test
  @DisplayName("8.9 an unobserved signal can be collected")
  default void rule8_9_unobservedSignalsAreCollectable() throws InterruptedException {
    Subject subject = create(0);
    ReferenceQueue<Signal<Integer>> collected = new ReferenceQueue<>();
    WeakReference<Signal<Integer>> reference = abandoned(subject, collected);

    long deadline = System.nanoTime() + patience().toNanos();
    boolean gone = false;
    while (!gone && System.nanoTime() < deadline) {
      System.gc();
      gone = collected.remove(50) == reference;
    }

    assertThat(gone).isTrue();
    assertThat(subject.signal().get()).isEqualTo(2); // and the one it was made of is still there
  }

  private static WeakReference<Signal<Integer>> abandoned(
      Subject subject, ReferenceQueue<Signal<Integer>> queue) {
    Signal<Integer> mapped = subject.signal().map(value -> value + 1);
    Subscription subscription = mapped.subscribe(change -> {});
    subject.set(1);
    subscription.close();
    subject.set(2);
    mapped.get();
    return new WeakReference<>(mapped, queue);
  }

  private static int noted(List<Integer> evaluated, int value) {
    evaluated.add(value);
    return value;
  }
}
