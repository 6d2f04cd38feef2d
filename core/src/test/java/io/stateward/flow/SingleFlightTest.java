package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {

  private final List<CompletableFuture<String>> requests = new ArrayList<>();
  private final SingleFlight<Long, String> users = SingleFlight.of("users", Call.stage(this::load));

  private CompletableFuture<String> load(Long id) {
    CompletableFuture<String> request = new CompletableFuture<>();
    requests.add(request);
    return request;
  }

  @Test
  void start_whileUnderWay_sharesTheRun() throws Exception {
    Task<String> mine = users.start(7L);
    Task<String> yours = users.start(7L);
    users.start(8L);
    assertThat(requests).hasSize(2);
    assertThat(users.size()).isEqualTo(2);

    requests.get(0).complete("Ada");

    assertThat(mine.await()).isEqualTo(new Outcome.Done<>("Ada"));
    assertThat(yours.await()).isEqualTo(new Outcome.Done<>("Ada"));
    assertThat(yours.stage().toCompletableFuture()).isCompletedWithValue("Ada");
    assertThat(users.size()).isEqualTo(1);
  }

  @Test
  void cancel_byOne_leavesTheRunToTheOthers() throws Exception {
    Task<String> mine = users.start(7L);
    Task<String> yours = users.start(7L);

    assertThat(mine.cancel()).isTrue();
    assertThat(mine.cancel()).isFalse();

    assertThat(mine.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(requests.get(0)).isNotDone();
    requests.get(0).complete("Ada");
    assertThat(yours.await()).isEqualTo(new Outcome.Done<>("Ada"));
    assertThat(mine.await()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void cancel_byTheLast_cancelsTheRun() {
    Task<String> mine = users.start(7L);
    Task<String> yours = users.start(7L);

    mine.cancel();
    yours.cancel();

    assertThat(requests.get(0)).isCancelled();
    assertThat(users.size()).isZero();
    users.start(7L);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1)).isNotDone();
  }

  @Test
  void cancel_afterTheEnd_saysNo() throws Exception {
    Task<String> mine = users.start(7L);
    requests.get(0).complete("Ada");

    assertThat(mine.isDone()).isTrue();
    assertThat(mine.cancel()).isFalse();
    assertThat(mine.await()).isEqualTo(new Outcome.Done<>("Ada"));
  }

  @Test
  void failure_isSharedAndNotRemembered() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    Task<String> mine = users.start(7L);
    Task<String> yours = users.start(7L);

    requests.get(0).completeExceptionally(broken);

    assertThat(mine.await()).isEqualTo(new Outcome.Failed<>(broken));
    assertThat(yours.await()).isEqualTo(new Outcome.Failed<>(broken));
    Task<String> again = users.start(7L);
    requests.get(1).complete("Ada");
    assertThat(again.await()).isEqualTo(new Outcome.Done<>("Ada"));
  }

  @Test
  void start_byAListenerOfTheEnd_startsAnew() {
    AtomicReference<Task<String>> again = new AtomicReference<>();
    users.start(7L).onEnd(outcome -> again.set(users.start(7L)));

    requests.get(0).complete("Ada");

    assertThat(requests).hasSize(2);
    assertThat(again.get().isDone()).isFalse();
  }

  @Test
  void start_ofItselfWhileItStarts_isRefused() throws Exception {
    AtomicReference<SingleFlight<Long, String>> self = new AtomicReference<>();
    Call<Long, String> call =
        Call.blocking(Runnable::run, id -> self.get().start(id).await().orThrow());
    self.set(SingleFlight.of("self", call));

    Outcome<String> outcome = self.get().start(7L).await();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'self'")
                    .hasMessageContaining("7"));
    assertThat(self.get().size()).isZero();
  }

  @Test
  void start_ofAnotherWhileItStarts_isFine() throws Exception {
    AtomicReference<SingleFlight<Long, String>> self = new AtomicReference<>();
    Call<Long, String> call =
        Call.blocking(
            Runnable::run,
            id -> id == 0 ? "zero" : self.get().start(id - 1).await().orThrow() + "+1");
    self.set(SingleFlight.of("self", call));

    assertThat(self.get().start(2L).await()).isEqualTo(new Outcome.Done<>("zero+1+1"));
  }

  @Test
  void start_inAScope_givesUpWithIt() {
    Scope page = Scope.root("page");
    Task<String> mine = users.start(7L, page.cancellation());
    Task<String> yours = users.start(7L);

    page.close();
    assertThat(mine.isDone()).isTrue();
    assertThat(requests.get(0)).isNotDone();
    assertThat(users.start(7L, page.cancellation()).isDone()).isTrue();
    yours.cancel();

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0)).isCancelled();
  }

  @Test
  void close_cancelsForEverybodyAndRefuses() throws Exception {
    Task<String> mine = users.start(7L);
    Task<String> yours = users.start(7L);

    users.close();
    users.close();

    assertThat(requests.get(0)).isCancelled();
    assertThat(mine.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(yours.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(mine.cancel()).isFalse();
    assertThatThrownBy(() -> users.start(7L))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("Single flight 'users' is closed");
  }

  /** What happens to a key: somebody asks, gives up, or it is answered. */
  sealed interface Step {
    record Start(int key) implements Step {}

    record GiveUp(int caller) implements Step {}

    record Answer(int key, boolean well) implements Step {}
  }

  /** A run as anybody would write it down: who wants it, and how it ended. */
  private static final class ModelRun {
    final List<Integer> callers = new ArrayList<>();
    String end = "open";
  }

  @Property(seed = "771", tries = 500)
  void anyOrder_agreesWithTheModel(@ForAll("steps") List<Step> steps) {
    List<CompletableFuture<String>> loads = new ArrayList<>();
    Map<Integer, CompletableFuture<String>> loading = new HashMap<>();
    SingleFlight<Integer, String> flight =
        SingleFlight.of(
            "model",
            Call.stage(
                key -> {
                  CompletableFuture<String> load = new CompletableFuture<>();
                  loads.add(load);
                  loading.put(key, load);
                  return load;
                }));
    List<Task<String>> tasks = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    Map<Integer, ModelRun> open = new HashMap<>();
    List<ModelRun> runs = new ArrayList<>();

    for (Step step : steps) {
      if (step instanceof Step.Start start) {
        ModelRun run = open.get(start.key());
        if (run == null) {
          run = new ModelRun();
          open.put(start.key(), run);
          runs.add(run);
        }
        run.callers.add(tasks.size());
        tasks.add(flight.start(start.key()));
        expected.add("open");
      } else if (step instanceof Step.GiveUp giveUp && giveUp.caller() < tasks.size()) {
        int caller = giveUp.caller();
        boolean wasOpen = expected.get(caller).equals("open");
        assertThat(tasks.get(caller).cancel()).isEqualTo(wasOpen);
        if (wasOpen) {
          expected.set(caller, "cancelled");
          open.values().forEach(run -> run.callers.remove((Integer) caller));
          open.values().stream().filter(r -> r.callers.isEmpty()).forEach(r -> r.end = "cancelled");
          open.values().removeIf(run -> run.callers.isEmpty());
        }
      } else if (step instanceof Step.Answer answer && open.containsKey(answer.key())) {
        ModelRun run = open.remove(answer.key());
        run.end = answer.well() ? "done" : "failed";
        run.callers.forEach(caller -> expected.set(caller, run.end));
        if (answer.well()) {
          loading.get(answer.key()).complete("done");
        } else {
          loading.get(answer.key()).completeExceptionally(new IllegalStateException("broken"));
        }
      }
      assertThat(loads.stream().map(SingleFlightTest::state))
          .containsExactlyElementsOf(runs.stream().map(run -> run.end).toList());
      assertThat(flight.size()).isEqualTo(open.size());
      assertThat(tasks.stream().map(Task::isDone))
          .containsExactlyElementsOf(expected.stream().map(end -> !end.equals("open")).toList());
    }
    assertThat(tasks.stream().map(task -> state(task.stage().toCompletableFuture())))
        .containsExactlyElementsOf(expected);
  }

  private static String state(CompletableFuture<String> future) {
    if (!future.isDone()) {
      return "open";
    }
    return future.isCancelled()
        ? "cancelled"
        : future.isCompletedExceptionally() ? "failed" : "done";
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(1, 3);
    Arbitrary<Step> starts = keys.map(Step.Start::new);
    Arbitrary<Step> givenUp = Arbitraries.integers().between(0, 12).map(Step.GiveUp::new);
    Arbitrary<Step> answers =
        Combinators.combine(keys, Arbitraries.of(true, false)).as(Step.Answer::new);
    return Arbitraries.oneOf(starts, givenUp, answers).list().ofMaxSize(25);
  }
}
