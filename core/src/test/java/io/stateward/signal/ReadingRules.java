package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.SignalContract.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1, 2 and 9: what a reader sees. */
interface ReadingRules extends SignalSubjects {

  @Test
  @DisplayName("1.1 a read does not wait for a subscriber that blocks")
  default void rule1_1_readDoesNotWaitForSubscribers() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      subject.signal().subscribe(change -> gate.hold());
      CompletableFuture<Void> writer = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      int seen = Concurrently.valueElsewhere(patience(), subject.signal()::get);

      assertThat(seen).isEqualTo(1);
      gate.open();
      Concurrently.finish(patience(), writer);
    }
  }

  @Test
  @DisplayName("1.2 a value and its version are read as one pair")
  default void rule1_2_valueAndVersionArePaired() {
    Subject subject = create(0);
    AtomicBoolean done = new AtomicBoolean();

    Concurrently.together(
        patience(),
        () -> {
          for (int i = 1; !done.get(); i++) {
            subject.set(i);
          }
        },
        () -> {
          try {
            verifyPairs(subject.signal());
          } finally {
            done.set(true);
          }
        });

    assertThat(subject.signal().versioned())
        .isEqualTo(new Versioned<>(subject.signal().get(), subject.signal().version()));
  }

  private static void verifyPairs(Signal<Integer> growing) {
    Versioned<Integer> before = growing.versioned();
    for (int i = 0; i < 2_000; i++) {
      Versioned<Integer> now = growing.versioned();
      assertThat(Long.signum(now.version() - before.version()))
          .as("step from %s to %s", before, now)
          .isNotNegative()
          .isEqualTo(Integer.compare(now.value(), before.value()));
      before = now;
    }
  }

  @Test
  @DisplayName("2.1 who has changed a value reads it")
  default void rule2_1_changeIsVisibleWhenItReturns() {
    Subject subject = create(0);

    for (int i = 1; i <= 50; i++) {
      subject.set(i);

      assertThat(subject.signal().get()).isEqualTo(i);
      assertThat(subject.signal().versioned().value()).isEqualTo(i);
    }
  }

  @Test
  @DisplayName("2.2 a value can be read before anybody is told of it")
  default void rule2_2_valueIsPublishedBeforeAnybodyIsTold() {
    Subject subject = create(0);
    List<Integer> read = new ArrayList<>();
    subject.signal().subscribe(change -> read.add(subject.signal().get()));

    subject.set(1);
    subject.set(2);

    assertThat(read).containsExactly(1, 2);
  }

  @Test
  @DisplayName("2.3 a callback that changes a value reads it at once")
  default void rule2_3_changeInsideCallbackIsVisible() {
    Subject subject = create(0);
    List<Integer> read = new ArrayList<>();
    subject
        .signal()
        .subscribe(
            change -> {
              if (change.now() == 1) {
                subject.set(2);
                read.add(subject.signal().get());
              }
            });

    subject.set(1);

    assertThat(read).containsExactly(2);
  }

  @Test
  @DisplayName("9.1 a change to an equal value tells nobody")
  default void rule9_1_equalValueTellsNobody() {
    Subject subject = create(100_000); // beyond the boxes that are shared
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(told);

    subject.set(100_000);

    assertThat(told.changes()).isEmpty();
    subject.set(100_001);
    assertThat(told.changes())
        .containsExactly(new Change<>(100_000, 100_001, subject.signal().version()));
  }

  @Test
  @DisplayName("9.2 the version grows with each change, and with nothing else")
  default void rule9_2_versionGrowsWithEachChange() {
    Subject subject = create(0);
    long version = subject.signal().version();

    for (int i = 1; i <= 10; i++) {
      subject.set(i);

      assertThat(subject.signal().version()).isGreaterThan(version);
      version = subject.signal().version();
      subject.signal().get();
      assertThat(subject.signal().version()).isEqualTo(version);
    }
  }

  @Test
  @DisplayName("9.3 a value that went elsewhere and back before it was told tells nobody")
  default void rule9_3_thereAndBackTellsNobody() {
    Subject subject = create(100_000);
    ManualExecutor executor = new ManualExecutor();
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(Delivery.latest().on(executor), told);

    subject.set(1);
    subject.set(100_000);
    executor.runAll();

    assertThat(told.changes()).isEmpty();
  }

  @Test
  @DisplayName("9.4 a slow evaluation does not set the version back")
  default void rule9_4_slowEvaluationDoesNotSetVersionBack() {
    Subject subject = create(0);
    try (Gate gate = new Gate(patience())) {
      AtomicBoolean slow = new AtomicBoolean(true);
      Signal<Integer> mapped =
          subject
              .signal()
              .map(
                  value -> {
                    if (slow.getAndSet(false)) {
                      gate.hold();
                    }
                    return value;
                  });
      CompletableFuture<Void> reader = Concurrently.start(mapped::get);
      gate.awaitHeld();
      subject.set(1);
      assertThat(mapped.get()).isEqualTo(1);
      subject.set(0);
      long version = mapped.version();

      gate.open();
      Concurrently.finish(patience(), reader);

      assertThat(mapped.get()).isEqualTo(0);
      assertThat(mapped.version()).isGreaterThanOrEqualTo(version);
    }
  }
}
