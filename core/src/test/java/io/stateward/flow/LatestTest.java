package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class LatestTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, CompletableFuture<String>> requests = new HashMap<>();
  private final List<String> shown = new ArrayList<>();
  private final Latest<String, String> search = Latest.of("search", Call.stage(this::request));

  private CompletableFuture<String> request(String text) {
    return requests.computeIfAbsent(text, it -> new CompletableFuture<>());
  }

  private static String line(Outcome<String> outcome) {
    return outcome.fold(
        value -> value,
        failure -> "failed",
        why -> why instanceof SupersededException ? "superseded" : "cancelled");
  }

  @Test
  void start_again_cancelsTheOlderAndItsWork() {
    search.start("a").onEnd(outcome -> shown.add("a " + line(outcome)));
    search.start("ab").onEnd(outcome -> shown.add("ab " + line(outcome)));

    assertThat(request("a")).isCancelled();
    request("ab").complete("hits");

    assertThat(shown).containsExactly("a superseded", "ab hits");
  }

  @Test
  void start_again_tellsTheStageOfTheOlder() {
    Task<String> older = search.start("a");
    List<Throwable> thrown = new ArrayList<>();
    older.stage().whenComplete((value, failure) -> thrown.add(failure));
    search.start("ab");

    assertThat(older.stage().toCompletableFuture()).isCancelled();
    assertThat(thrown).hasSize(1);
    assertThat(thrown.get(0))
        .isInstanceOf(SupersededException.class)
        .hasMessageContaining("Latest 'search' was superseded by a newer call");
    assertThat(older.cancel()).isFalse();
  }

  @Test
  void start_again_dropsAResultThatComesAllTheSame() throws Exception {
    CompletableFuture<String> deaf = new CompletableFuture<>();
    Latest<String, String> latest =
        Latest.of("deaf", Call.stage(text -> deaf.thenApply(it -> text)));

    Task<String> older = latest.start("a");
    Task<String> newer = latest.start("ab");
    deaf.complete("now");

    assertThat(line(older.await())).isEqualTo("superseded");
    assertThat(line(newer.await())).isEqualTo("ab");
  }

  @Test
  void start_afterTheEnd_supersedesNothing() {
    Task<String> first = search.start("a");
    request("a").complete("hits");
    first.onEnd(outcome -> shown.add(line(outcome)));
    search.start("ab");

    assertThat(shown).containsExactly("hits");
    assertThat(first.stage().toCompletableFuture()).isCompletedWithValue("hits");
  }

  @Test
  void start_inACancelledScope_leavesTheOlderAlone() {
    Scope page = Scope.root("page");
    page.close();
    Task<String> older = search.start("a");

    Task<String> newer = search.start("ab", page.cancellation());

    assertThat(older.isDone()).isFalse();
    assertThat(newer.isDone()).isTrue();
    assertThat(requests).containsOnlyKeys("a");
  }

  @Test
  void cancel_twice_isHarmless() {
    Task<String> task = search.start("a");

    assertThat(search.cancel()).isTrue();
    assertThat(search.cancel()).isFalse();

    assertThat(task.isDone()).isTrue();
    assertThat(request("a")).isCancelled();
  }

  @Test
  void close_byItsScope_cancelsAndRefuses() {
    Scope page = Scope.root("page");
    page.own(search);
    search.start("a").onEnd(outcome -> shown.add(line(outcome)));

    page.close();
    search.close();

    assertThat(shown).containsExactly("cancelled");
    assertThatThrownBy(() -> search.start("ab"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Latest 'search' is closed");
    assertThat(requests).containsOnlyKeys("a");
  }

  @Test
  void start_blockingWork_isInterruptedByTheNext() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Gate gate = new Gate(PATIENCE)) {
      AtomicInteger interrupted = new AtomicInteger();
      Latest<String, String> latest =
          Latest.of(
              "blocking",
              Call.blocking(
                  pool,
                  text -> {
                    if (text.equals("a")) {
                      try {
                        gate.hold();
                      } catch (AssertionError e) { // what the gate makes of an interrupt
                        interrupted.incrementAndGet();
                      }
                    }
                    return text;
                  }));

      Task<String> older = latest.start("a");
      gate.awaitHeld();
      Task<String> newer = latest.start("ab");

      assertThat(line(older.await())).isEqualTo("superseded");
      assertThat(line(newer.await())).isEqualTo("ab");
      pool.shutdown();
      assertThat(pool.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(interrupted).hasValue(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void onEnd_ofTheNewer_waitsForTheListenerOfTheOlder() {
    try (Gate gate = new Gate(PATIENCE)) {
      search
          .start("a")
          .onEnd(
              outcome -> {
                gate.hold();
                shown.add(line(outcome));
              });
      CompletableFuture<Void> slow = Concurrently.start(() -> request("a").complete("old"));
      gate.awaitHeld();

      search.start("ab").onEnd(outcome -> shown.add(line(outcome)));
      request("ab").complete("new");
      gate.open();
      Concurrently.finish(PATIENCE, slow);
    }

    assertThat(shown).containsExactly("old", "new");
  }

  /** What happens to a search: it is started, answered, or given up. */
  sealed interface Step {
    record Start(int id) implements Step {}

    record Answer(int id) implements Step {}

    record Cancel() implements Step {}
  }

  @Property(seed = "20240817", tries = 500)
  void anyOrder_agreesWithTheModel(@ForAll("steps") List<Step> steps) {
    Map<Integer, CompletableFuture<Integer>> asked = new HashMap<>();
    List<String> told = new ArrayList<>();
    Latest<Integer, Integer> latest =
        Latest.of(
            "model", Call.stage(id -> asked.computeIfAbsent(id, it -> new CompletableFuture<>())));
    List<String> expected = new ArrayList<>();
    Integer current = null;
    for (Step step : steps) {
      if (step instanceof Step.Start start && !asked.containsKey(start.id())) {
        if (current != null) {
          expected.add(current + " superseded");
        }
        current = start.id();
        latest
            .start(start.id())
            .onEnd(
                outcome ->
                    told.add(
                        start.id()
                            + outcome.fold(
                                value -> " done",
                                failure -> " failed",
                                why ->
                                    why instanceof SupersededException
                                        ? " superseded"
                                        : " cancelled")));
      } else if (step instanceof Step.Answer answer && asked.containsKey(answer.id())) {
        if (current != null && current == answer.id()) {
          expected.add(current + " done");
          current = null;
        }
        asked.get(answer.id()).complete(answer.id());
      } else if (step instanceof Step.Cancel) {
        assertThat(latest.cancel()).isEqualTo(current != null);
        if (current != null) {
          expected.add(current + " cancelled");
          current = null;
        }
      }
      assertThat(told).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> ids = Arbitraries.integers().between(1, 8);
    Arbitrary<Step> starts = ids.map(Step.Start::new);
    Arbitrary<Step> answers = ids.map(Step.Answer::new);
    return Arbitraries.oneOf(starts, answers, Arbitraries.just(new Step.Cancel()))
        .list()
        .ofMaxSize(25);
  }
}
