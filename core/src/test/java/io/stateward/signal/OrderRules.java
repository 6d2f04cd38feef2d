package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.SignalContract.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 3 and 11: in what order subscribers are told, and what ends a circle. */
interface OrderRules extends SignalSubjects {

  @Test
  @DisplayName("3.1 every change is told once, in order, each starting where the last one ended")
  default void rule3_1_everyChangeOnceInOrder() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(told);

    IntStream.rangeClosed(1, 100).forEach(subject::set);

    assertThat(told.values())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(told.changes().get(0).was()).isEqualTo(0);
    told.verifyJoined();
  }

  @Test
  @DisplayName("3.2 changes of many threads are told in one order, one at a time")
  default void rule3_2_concurrentChangesAreToldSerially() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    subject.signal().subscribe(told);

    Concurrently.together(
        patience(),
        () -> IntStream.rangeClosed(1, 200).forEach(subject::set),
        () -> IntStream.rangeClosed(1_001, 1_200).forEach(subject::set),
        () -> IntStream.rangeClosed(2_001, 2_200).forEach(subject::set));

    told.verifyJoined();
    List<Integer> values = told.values();
    assertThat(values.get(values.size() - 1)).isEqualTo(subject.signal().get());
    if (tellsEveryCommit()) {
      assertThat(values).hasSize(600).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("3.3 everybody is told of a change before anybody is told of one made in a callback")
  default void rule3_3_changeInsideCallbackIsToldAfterwards() {
    Subject subject = create(0);
    List<String> told = new ArrayList<>();
    subject
        .signal()
        .subscribe(
            change -> {
              told.add("first " + change.now());
              if (change.now() == 1) {
                subject.set(2);
              }
            });
    subject.signal().subscribe(change -> told.add("second " + change.now()));

    subject.set(1);

    assertThat(told).containsExactly("first 1", "second 1", "first 2", "second 2");
  }

  @Test
  @DisplayName("3.4 a subscriber that blocks does not hold up who changes the value")
  default void rule3_4_blockedSubscriberDoesNotHoldUpWriters() {
    Subject subject = create(0);
    Recorder<Integer> told = new Recorder<>();
    try (Gate gate = new Gate(patience())) {
      subject
          .signal()
          .subscribe(
              change -> {
                told.accept(change);
                gate.hold();
              });
      CompletableFuture<Void> first = Concurrently.start(() -> subject.set(1));
      gate.awaitHeld();

      Concurrently.elsewhere(patience(), () -> subject.set(2));
      Concurrently.elsewhere(patience(), () -> subject.set(3));

      assertThat(told.values()).containsExactly(1);
      gate.open();
      Concurrently.finish(patience(), first);
    }
    told.verifyJoined();
    if (tellsEveryCommit()) {
      assertThat(told.values()).containsExactly(1, 2, 3);
    } else {
      assertThat(told.values()).startsWith(1).endsWith(3);
    }
  }

  @Test
  @DisplayName("3.5 changes made in callbacks do not nest")
  default void rule3_5_changesInsideCallbacksDoNotRecurse() {
    Subject subject = create(0);
    List<Long> depths = new ArrayList<>();
    subject
        .signal()
        .subscribe(
            change -> {
              depths.add(StackWalker.getInstance().walk(frames -> frames.count()));
              if (change.now() < 200) {
                subject.set(change.now() + 1);
              }
            });

    subject.set(1);

    assertThat(depths).hasSize(200);
    assertThat(depths.get(199)).isLessThanOrEqualTo(depths.get(1) + 20);
  }

  @Test
  @DisplayName("11.1 a callback that goes on changing what it is told of is cut off by name")
  default void rule11_1_feedbackLoopIsCut() {
    Subject subject = create(0);
    List<RuntimeException> refusals = new ArrayList<>();
    Subscription loop =
        subject
            .signal()
            .subscribe(
                Delivery.every().named("echo"),
                change -> {
                  if (change.now() < 2_000) { // so that a loop that is not cut ends the test too
                    try {
                      subject.set(change.now() + 1);
                    } catch (FeedbackLoopException e) {
                      refusals.add(e);
                    }
                  }
                });

    subject.set(1);

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0)).hasMessageContaining("-> echo").hasMessageContaining("in a row");
    loop.close();
    int reached = subject.signal().get();
    assertThat(reached).isLessThan(2_000);
    subject.set(-1);
    assertThat(subject.signal().get()).isEqualTo(-1);
  }

  @Test
  @DisplayName("11.2 a long chain of callbacks that ends is no loop")
  default void rule11_2_longChainIsNotCut() {
    Subject subject = create(0);
    subject
        .signal()
        .subscribe(
            change -> {
              if (change.now() < 500) {
                subject.set(change.now() + 1);
              }
            });

    subject.set(1);
    subject.set(1); // a chain of its own, so what came before does not count

    assertThat(subject.signal().get()).isEqualTo(500);
  }
}
