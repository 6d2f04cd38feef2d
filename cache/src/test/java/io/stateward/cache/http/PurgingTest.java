package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.spi.Invalidation;
import io.stateward.flow.Backoff;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a CDN is told, when, and what becomes of it if it cannot be told. */
final class PurgingTest {

  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final SurrogateKeys keys = SurrogateKeys.of("p");
  private final List<List<String>> calls = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> answers = new ArrayDeque<>();
  private final Purging purging =
      Purging.of(
          keys,
          names -> {
            calls.add(names);
            CompletableFuture<Void> prepared = answers.poll();
            return prepared == null ? CompletableFuture.completedFuture(null) : prepared;
          },
          AGAIN,
          Backoff.fixed(Duration.ofSeconds(1)),
          time);

  private static Invalidation key(String name) {
    return new Invalidation.Key(name);
  }

  @Test
  void accept_isDroppedAtOnceAndOnceAgain() {
    purging.accept(key("a"));
    assertThat(calls).containsExactly(List.of("p/k/a"));

    time.advance(AGAIN.minusMillis(1));
    purging.accept(new Invalidation.Tag("t"));
    time.advance(Duration.ofMillis(1));
    assertThat(calls).containsExactly(List.of("p/k/a"), List.of("p/t/t"), List.of("p/k/a"));

    time.advance(AGAIN);
    assertThat(calls).hasSize(4).last().isEqualTo(List.of("p/t/t"));
    assertThat(purging.waiting()).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void accept_whileACallIsUnderWay_isJoinedInTheNextOne() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    answers.add(first);

    purging.accept(key("a"));
    purging.accept(key("b"));
    purging.accept(key("c"));
    purging.accept(key("b"));
    purging.accept(key("a"));
    assertThat(calls).containsExactly(List.of("p/k/a"));
    first.complete(null);

    assertThat(calls).containsExactly(List.of("p/k/a"), List.of("p/k/b", "p/k/c", "p/k/a"));
  }

  @Test
  void accept_theCdnFails_isTriedAgainUntilItDoesNotAndReportedOnce() {
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("503")));
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("503")));
    List<String> reports = new ArrayList<>();
    try (Subscription probing =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed it && it.where().equals("Purging of 'p'")) {
                reports.add(it.problem());
              }
            })) {
      purging.accept(key("a"));
      purging.accept(key("b"));
      time.advance(Duration.ofSeconds(1));
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(calls)
        .containsExactly(List.of("p/k/a"), List.of("p/k/a", "p/k/b"), List.of("p/k/a", "p/k/b"));
    assertThat(reports)
        .containsExactly(
            "The CDN could not be told to drop 1 names; it is tried again until it can.");
    time.advance(AGAIN);
    assertThat(calls).hasSize(4);
  }

  @Test
  void accept_thePurgeThrows_isTriedAgain() {
    List<List<String>> told = new ArrayList<>();
    boolean[] broken = {true};
    Purging shaky =
        Purging.of(
            keys,
            names -> {
              told.add(names);
              if (broken[0]) {
                throw new IllegalStateException("no route");
              }
              return CompletableFuture.completedFuture(null);
            },
            Duration.ZERO,
            retry -> {
              throw new IllegalStateException("no delay");
            },
            time);

    shaky.accept(key("a"));
    broken[0] = false;
    time.advance(Duration.ofSeconds(30));

    assertThat(told).containsExactly(List.of("p/k/a"), List.of("p/k/a"));
    assertThat(shaky.waiting()).isZero();
  }

  @Test
  void accept_manyAtOnce_isToldInPartsAndThenAltogether() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    answers.add(first);
    purging.accept(key("first"));
    for (int i = 0; i < 1_000; i++) {
      purging.accept(key("k" + i));
    }
    first.complete(null);
    assertThat(calls.stream().map(List::size)).containsExactly(1, 256, 256, 256, 232);

    CompletableFuture<Void> second = new CompletableFuture<>();
    answers.add(second);
    purging.accept(key("second"));
    for (int i = 0; i <= PurgeQueue.MOST; i++) {
      purging.accept(key("k" + i));
    }
    assertThat(purging.waiting()).isLessThanOrEqualTo(2 * PurgeQueue.MOST);
    second.complete(null);
    assertThat(calls.get(calls.size() - 1)).containsExactly("p");
  }

  @Test
  void close_endsEverything() {
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("503")));
    purging.accept(key("a"));

    purging.close();
    purging.close();
    purging.accept(key("b"));
    time.advance(Duration.ofHours(1));

    assertThat(calls).hasSize(1);
    assertThat(purging.waiting()).isEqualTo(1); // lost, which is what it is
    assertThat(time.pending()).isZero();
  }

  @Test
  void of_aNegativeTime_isRefused() {
    assertThatThrownBy(
            () ->
                Purging.of(
                    keys, names -> CompletableFuture.completedFuture(null), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Copies are dropped again after zero or more, not after PT-1S.");
  }
}
