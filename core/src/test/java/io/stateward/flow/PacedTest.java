package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.ManualExecutor;
import io.stateward.signal.Reports;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PacedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMillis(300);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<String> acted = new ArrayList<>();

  private Debouncer<String> debouncer() {
    return Debouncer.after(QUIET).timekeeper(time).named("typed").calling(acted::add);
  }

  @Test
  void submit_toADebouncer_actsOnceItIsQuiet() {
    Debouncer<String> typed = debouncer();

    typed.submit("a");
    time.advance(QUIET.minusMillis(1));
    typed.submit("ab");
    time.advance(QUIET.minusMillis(1));
    assertThat(acted).isEmpty();
    assertThat(typed.isWaiting()).isTrue();
    time.advance(Duration.ofMillis(1));

    assertThat(acted).containsExactly("ab");
    assertThat(typed.isWaiting()).isFalse();
    assertThat(time.pending()).isZero();
  }

  @Test
  void submit_withoutAPause_actsAfterTheLongestWait() {
    Debouncer<Integer> typed =
        Debouncer.after(QUIET)
            .maxWait(Duration.ofSeconds(1))
            .timekeeper(time)
            .calling(value -> acted.add("" + value));

    for (int i = 0; i <= 20; i++) {
      typed.submit(i);
      time.advance(Duration.ofMillis(100));
    }

    assertThat(acted).containsExactly("9", "19");
  }

  @Test
  void flush_withAValue_actsNowAndNotLater() {
    Debouncer<String> typed = debouncer();
    typed.submit("a");

    assertThat(typed.flush()).isTrue();
    assertThat(typed.flush()).isFalse();

    assertThat(acted).containsExactly("a");
    assertThat(time.pending()).isZero();
  }

  @Test
  void cancel_dropsTheValueAndMayBeRepeated() {
    Debouncer<String> typed = debouncer();
    typed.submit("a");

    assertThat(typed.cancel()).isTrue();
    assertThat(typed.cancel()).isFalse();
    time.advance(QUIET);
    assertThat(acted).isEmpty();
    assertThat(time.pending()).isZero();
    typed.submit("b");
    time.advance(QUIET);

    assertThat(acted).containsExactly("b");
  }

  @Test
  void close_byItsScope_dropsTheValueAndRefuses() {
    Scope page = Scope.root("page");
    Debouncer<String> typed = page.own(debouncer());
    typed.submit("a");

    page.close();
    typed.close();
    time.advance(QUIET);

    assertThat(acted).isEmpty();
    assertThat(time.pending()).isZero();
    assertThatThrownBy(() -> typed.submit("b"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Debouncer 'typed' is closed");
    assertThat(typed.flush()).isFalse();
  }

  @Test
  void submit_toAThrottle_actsAtOnceAndThenOncePerPeriod() {
    Throttle<String> moved = Throttle.every(QUIET).timekeeper(time).calling(acted::add);

    moved.submit("a");
    assertThat(acted).containsExactly("a");
    moved.submit("b");
    moved.submit("c");
    time.advance(QUIET);
    assertThat(acted).containsExactly("a", "c");
    time.advance(QUIET);
    moved.submit("d");

    assertThat(acted).containsExactly("a", "c", "d");
  }

  @Test
  void action_thatThrows_isReportedAndTheNextIsCalled() {
    Throttle<String> moved =
        Throttle.every(QUIET)
            .timekeeper(time)
            .named("moved")
            .calling(
                value -> {
                  acted.add(value);
                  throw new IllegalStateException("foreign");
                });
    try (Reports reports = new Reports()) {
      moved.submit("a");
      moved.submit("b");
      time.advance(QUIET);

      assertThat(acted).containsExactly("a", "b");
      assertThat(reports.naming("Throttle 'moved'")).hasSize(2);
    }
  }

  @Test
  void action_thatSubmits_isCalledAgainAndNotWithin() {
    AtomicReference<Debouncer<String>> self = new AtomicReference<>();
    Debouncer<String> echo =
        Debouncer.after(QUIET)
            .timekeeper(time)
            .calling(
                value -> {
                  acted.add("begin " + value);
                  if (value.equals("a")) {
                    self.get().submit("b");
                    self.get().flush();
                  }
                  acted.add("end " + value);
                });
    self.set(echo);

    echo.submit("a");
    time.advance(QUIET);

    assertThat(acted).containsExactly("begin a", "end a", "begin b", "end b");
  }

  @Test
  void executor_runsTheActions() {
    ManualExecutor executor = new ManualExecutor();
    Throttle<String> moved =
        Throttle.every(QUIET).timekeeper(time).on(executor).calling(acted::add);

    moved.submit("a");
    moved.submit("b");
    time.advance(QUIET);
    assertThat(acted).isEmpty();
    assertThat(executor.waiting()).isEqualTo(1);
    executor.runAll();

    assertThat(acted).containsExactly("a", "b");
  }

  @Test
  void close_beforeTheExecutorRuns_actsNoMore() {
    ManualExecutor executor = new ManualExecutor();
    Throttle<String> moved =
        Throttle.every(QUIET).timekeeper(time).on(executor).calling(acted::add);
    moved.submit("a");

    moved.close();
    executor.runAll();

    assertThat(acted).isEmpty();
  }

  @Test
  void executor_thatRefuses_isReportedAndNotAskedInVain() {
    try (Reports reports = new Reports()) {
      Throttle<String> moved =
          Throttle.every(QUIET)
              .timekeeper(time)
              .named("refused")
              .on(
                  task -> {
                    throw new RejectedExecutionException("full");
                  })
              .calling(acted::add);

      moved.submit("a");
      time.advance(QUIET);
      moved.submit("b");

      assertThat(reports.naming("Throttle 'refused'")).hasSize(2);
    }
  }

  @Test
  void action_thatIsSlow_isNeverCalledByTwoThreads() {
    try (Gate gate = new Gate(PATIENCE)) {
      Throttle<String> moved =
          Throttle.every(QUIET)
              .timekeeper(time)
              .calling(
                  value -> {
                    if (value.equals("a")) {
                      gate.hold();
                    }
                    acted.add(value);
                  });
      CompletableFuture<Void> slow = Concurrently.start(() -> moved.submit("a"));
      gate.awaitHeld();

      moved.submit("b");
      time.advance(QUIET); // on this thread, which finds the action busy
      assertThat(acted).isEmpty();
      gate.open();
      Concurrently.finish(PATIENCE, slow);
    }

    assertThat(acted).containsExactly("a", "b");
  }

  @Test
  void submit_byManyThreads_losesNotTheLast() {
    List<Integer> values = new ArrayList<>(); // not thread-safe on purpose: actions are serial
    Throttle<Integer> moved =
        Throttle.every(Duration.ofNanos(1)).timekeeper(time).calling(values::add);
    Runnable submits = () -> IntStream.range(0, 5_000).forEach(moved::submit);
    Runnable advances =
        () -> IntStream.range(0, 5_000).forEach(i -> time.advance(Duration.ofNanos(1)));

    Concurrently.together(PATIENCE, submits, submits, advances);
    moved.submit(-1);
    time.advance(QUIET);

    assertThat(values).endsWith(-1);
    assertThat(moved.isWaiting()).isFalse();
    assertThat(time.pending()).isZero();
  }

  @Test
  void settings_thatCannotWork_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Debouncer.after(Duration.ZERO))
        .withMessageContaining("PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Debouncer.after(QUIET).maxWait(QUIET.minusNanos(1)))
        .withMessageContaining("PT0.3S")
        .withMessageContaining("at least as long as the pause");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Throttle.every(QUIET.negated()))
        .withMessageContaining("PT-0.3S");
  }
}
