package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Reports;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class RetryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<String> attempts = new ArrayList<>();
  private final Retry retry = Retry.after(n -> SECOND.multipliedBy(n)).timekeeper(time);

  private Call<String, String> failing(int failures) {
    return Call.blocking(
        Runnable::run,
        argument -> {
          attempts.add("" + Duration.ofNanos(time.nanoTime()).toSeconds());
          if (attempts.size() <= failures) {
            throw new IOException("failure " + attempts.size());
          }
          return argument;
        });
  }

  @Test
  void start_workThatFailsAtFirst_isTriedAgainAfterEachDelay() throws Exception {
    Task<String> task = failing(3).retrying(retry).start("done");

    time.advance(Duration.ofMinutes(1));

    assertThat(attempts).containsExactly("0", "1", "3", "6");
    assertThat(task.await()).isEqualTo(new Outcome.Done<>("done"));
    assertThat(time.pending()).isZero();
  }

  @Test
  void attempts_used_givesUpWithTheLastFailure() throws Exception {
    Task<String> task = failing(99).retrying(retry.attempts(3)).start("never");

    time.advance(Duration.ofMinutes(1));

    assertThat(attempts).hasSize(3);
    assertThatThrownBy(() -> task.await().orThrow()).cause().hasMessage("failure 3");
  }

  @Test
  void within_passed_beginsNoAttemptAfter() {
    Task<String> inclusive =
        failing(99).retrying(retry.within(Duration.ofSeconds(3))).start("never");
    time.advance(Duration.ofMinutes(1));
    assertThat(attempts).containsExactly("0", "1", "3");
    assertThat(inclusive.isDone()).isTrue();

    attempts.clear();
    failing(99).retrying(retry.within(Duration.ofSeconds(3).minusNanos(1))).start("never");
    time.advance(Duration.ofMinutes(1));
    assertThat(attempts).hasSize(2);
  }

  @Test
  void onlyIf_otherFailure_givesUpAtOnce() {
    Task<String> task =
        failing(99).retrying(retry.onlyIf(t -> t instanceof IllegalStateException)).start("never");

    assertThat(task.isDone()).isTrue();
    assertThat(attempts).hasSize(1);
  }

  @Test
  void start_workThatFailsWithAnError_isNotTriedAgain() throws Exception {
    AtomicInteger tried = new AtomicInteger();
    Task<String> task =
        Call.<String, String>blocking(
                Runnable::run,
                argument -> {
                  tried.incrementAndGet();
                  throw new StackOverflowError();
                })
            .retrying(retry)
            .start("never");

    assertThat(task.await()).isInstanceOf(Outcome.Failed.class);
    assertThat(tried).hasValue(1);
  }

  @Test
  void cancel_whileItWaits_leavesNoTimerAndTriesNoMore() throws Exception {
    Task<String> task = failing(99).retrying(retry).start("never");
    assertThat(time.pending()).isEqualTo(1);

    assertThat(task.cancel()).isTrue();
    assertThat(task.cancel()).isFalse();
    assertThat(time.pending()).isZero();
    time.advance(Duration.ofMinutes(1));

    assertThat(attempts).hasSize(1);
    assertThat(task.await()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void cancel_duringALaterAttempt_reachesItsWork() {
    List<CompletableFuture<String>> requests = new ArrayList<>();
    Task<String> task =
        Call.<String, String>stage(
                argument -> {
                  requests.add(new CompletableFuture<>());
                  return requests.get(requests.size() - 1);
                })
            .retrying(retry)
            .start("never");
    requests.get(0).completeExceptionally(new IOException("first"));
    time.advance(SECOND);

    task.cancel();

    assertThat(requests).hasSize(2);
    assertThat(requests.get(1)).isCancelled();
  }

  @Test
  void condition_thatThrows_isReportedAndGivesUp() throws Exception {
    try (Reports reports = new Reports()) {
      Task<String> task =
          failing(99)
              .retrying(
                  retry.onlyIf(
                      failure -> {
                        throw new IllegalStateException("foreign");
                      }))
              .start("never");

      assertThatThrownBy(() -> task.await().orThrow()).cause().hasMessage("failure 1");
      assertThat(reports.naming("Retry")).hasSize(1);
    }
  }

  @Test
  void call_onThisThread_waitsOnTheTimekeeper() {
    AtomicInteger tried = new AtomicInteger();
    CompletableFuture<Void> running =
        Concurrently.start(
            () -> {
              try {
                String result =
                    retry.call(
                        () -> {
                          if (tried.incrementAndGet() < 3) {
                            throw new IOException("not yet");
                          }
                          return "done";
                        });
                assertThat(result).isEqualTo("done");
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    for (int waits = 1; waits <= 2; waits++) {
      while (time.pending() == 0 && !running.isDone()) {
        Thread.onSpinWait();
      }
      time.advance(SECOND.multipliedBy(waits));
    }

    Concurrently.finish(PATIENCE, running);
    assertThat(tried).hasValue(3);
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void call_interrupted_endsAndLeavesNoTimer() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      throw new IOException("again");
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(time.pending()).isZero();
  }

  @Test
  void call_givesUp_withWhatTheLastAttemptThrew() {
    assertThatThrownBy(
            () ->
                retry
                    .attempts(1)
                    .call(
                        () -> {
                          throw new IOException("only");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("only");
  }

  @Property(seed = "5150", tries = 500)
  void exponential_delay_staysBelowTheBoundThatDoubles(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 2) long base,
      @ForAll @IntRange(min = 1, max = 200) int retry,
      @ForAll long seed) {
    Duration cap = Duration.ofNanos(Math.max(base, Duration.ofHours(1).toNanos()));
    Backoff backoff = Backoff.exponential(Duration.ofNanos(base), cap, new Random(seed));
    Duration bound = Duration.ofNanos(base);
    for (int i = 1; i < retry && bound.compareTo(cap) < 0; i++) {
      bound = bound.multipliedBy(2);
    }
    bound = bound.compareTo(cap) < 0 ? bound : cap;

    Duration delay = backoff.delay(retry);

    assertThat(delay).isGreaterThanOrEqualTo(Duration.ZERO).isLessThan(bound);
  }

  @Test
  void exponential_delays_areSpreadEvenlyAndRepeatableBySeed() {
    Duration base = Duration.ofMillis(100);
    Duration cap = Duration.ofSeconds(10);
    Backoff one = Backoff.exponential(base, cap, new Random(7));
    Backoff same = Backoff.exponential(base, cap, new Random(7));

    List<Duration> delays = IntStream.range(0, 8_000).mapToObj(i -> one.delay(4)).toList();

    assertThat(IntStream.range(0, 8_000).mapToObj(i -> same.delay(4)).toList()).isEqualTo(delays);
    for (int eighth = 0; eighth < 8; eighth++) { // of 800 ms; 1,000 are expected in each
      int from = eighth * 100;
      assertThat(delays.stream().filter(d -> d.toMillis() / 100 == from / 100).count())
          .as("delays from %d ms", from)
          .isBetween(880L, 1_120L);
    }
  }

  @Test
  void backoff_thatCannotWork_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(Duration.ZERO, SECOND))
        .withMessageContaining("PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(SECOND, Duration.ofMillis(1)))
        .withMessageContaining("PT0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(SECOND.negated()))
        .withMessageContaining("PT-1S");
    assertThatIllegalArgumentException().isThrownBy(() -> retry.attempts(0));
    assertThatIllegalArgumentException().isThrownBy(() -> retry.within(SECOND.negated()));
    assertThat(Backoff.fixed(SECOND).delay(9)).isEqualTo(SECOND);
  }
}
