package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.SupersededException;
import io.stateward.flow.Task;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Recorder;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of async actions, numbered after those of reducing stores: what a store shows of work
 * that takes time, and which of several runs count. To check an implementation, extend this class
 * and return fresh subjects from {@link #create}.
 *
 * @since 0.1
 */
@DisplayName("An async action")
public abstract class AsyncContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Instant now = time.now();
  private final Store<Async<String>> store = Store.of("user", Async.idle());
  private final Desk desk = new Desk();

  /** For subclasses. */
  protected AsyncContract() {}

  /** What happens to a run that is started while others are under way. */
  public enum Policy {
    /** They run side by side. */
    EVERY,
    /** The older ones are cancelled. */
    LATEST,
    /** It waits. */
    QUEUE,
    /** It is skipped. */
    DROP
  }

  /**
   * What an action is made of.
   *
   * @param policy its policy
   * @param call the work
   * @param condition what is not met is skipped
   * @param store where it shows how far it is
   * @param timekeeper whose time it goes by
   */
  public record Parts(
      Policy policy,
      Call<Integer, String> call,
      Predicate<Integer> condition,
      Store<Async<String>> store,
      VirtualTimekeeper timekeeper) {}

  /**
   * Returns a new action.
   *
   * @param parts what it is made of
   * @return starts runs of it
   */
  protected abstract Function<Integer, Task<String>> create(Parts parts);

  private Function<Integer, Task<String>> action(Policy policy) {
    return create(new Parts(policy, desk.call(), argument -> true, store, time));
  }

  private void ready(String value) {
    store.set(Async.ready(value, now));
  }

  private static Outcome<String> ended(Task<String> task) {
    return Concurrently.finish(
        PATIENCE, task.stage().handle(Outcome::<String>of).toCompletableFuture());
  }

  @Test
  @DisplayName("16.1 it shows that a value is pending, with the previous one, then the value")
  void rule16_1_showsPendingThenReady() {
    ready("old");
    Function<Integer, Task<String>> action = action(Policy.EVERY);

    Task<String> task = action.apply(1);
    Async<String> during = store.get();
    time.advance(Duration.ofSeconds(3));
    desk.finish(1);

    assertThat(during).isEqualTo(new Async.Pending<>("old"));
    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 1", now.plusSeconds(3)));
    assertThat(ended(task)).isEqualTo(new Outcome.Done<>("value 1"));
  }

  @Test
  @DisplayName("16.2 it shows what the work threw, with the previous value")
  void rule16_2_showsFailure() {
    ready("old");
    Function<Integer, Task<String>> action = action(Policy.EVERY);
    RejectedException thrown = new RejectedException(404);

    Task<String> task = action.apply(1);
    desk.fail(1, thrown);

    assertThat(store.get()).isEqualTo(new Async.Failed<>(thrown, "old"));
    assertThat(ended(task)).isEqualTo(new Outcome.Failed<>(thrown));
  }

  @Test
  @DisplayName("16.3 cancelling tells the work to stop, and the store shows what it showed before")
  void rule16_3_cancellingGoesBack() {
    ready("old");
    Async<String> before = store.get();
    Function<Integer, Task<String>> action = action(Policy.EVERY);

    Task<String> task = action.apply(1);
    boolean cancelled = task.cancel();

    assertThat(cancelled).isTrue();
    assertThat(desk.isCancelled(1)).isTrue();
    assertThat(store.get()).isEqualTo(before);
    assertThat(ended(task)).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  @DisplayName("16.4 a result that comes after the cancellation is dropped")
  void rule16_4_lateResultIsDropped() {
    Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    Call<Integer, String> stubborn = Call.blocking(late::add, argument -> "value " + argument);
    Function<Integer, Task<String>> action =
        create(new Parts(Policy.EVERY, ignoringCancellation(stubborn), any -> true, store, time));

    Task<String> task = action.apply(1);
    task.cancel();
    late.remove().run();

    assertThat(store.get()).isEqualTo(Async.idle());
    assertThat(ended(task)).isInstanceOf(Outcome.Cancelled.class);
  }

  private static Call<Integer, String> ignoringCancellation(Call<Integer, String> call) {
    return Call.stage(argument -> call.start(argument).stage().thenApply(value -> value));
  }

  @Test
  @DisplayName("16.5 runs side by side: the result of an older one never replaces a newer one's")
  void rule16_5_staleResultsAreDropped() {
    Function<Integer, Task<String>> action = action(Policy.EVERY);
    Task<String> older = action.apply(1);
    action.apply(2);

    desk.finish(2);
    desk.finish(1);

    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 2", now));
    assertThat(ended(older)).isEqualTo(new Outcome.Done<>("value 1"));
  }

  @Test
  @DisplayName("16.6 runs side by side: it stays pending on the older result until the newer comes")
  void rule16_6_pendingWhileNewerIsUnderWay() {
    Function<Integer, Task<String>> action = action(Policy.EVERY);
    action.apply(1);
    action.apply(2);

    desk.finish(1);

    assertThat(store.get()).isEqualTo(new Async.Pending<>("value 1"));
    desk.finish(2);
    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 2", now));
  }

  @Test
  @DisplayName("16.7 latest: a newer run supersedes the older, whose work is told to stop")
  void rule16_7_latestSupersedes() {
    Function<Integer, Task<String>> action = action(Policy.LATEST);

    Task<String> older = action.apply(1);
    action.apply(2);
    boolean stopped = desk.isCancelled(1);
    desk.finish(1);
    desk.finish(2);

    assertThat(stopped).isTrue();
    assertThat(ended(older))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).isInstanceOf(SupersededException.class));
    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 2", now));
  }

  @Test
  @DisplayName("16.8 latest: it shows nothing but pending while one run takes the other's place")
  void rule16_8_latestStaysPending() {
    ready("old");
    Function<Integer, Task<String>> action = action(Policy.LATEST);
    action.apply(1);
    Recorder<Async<String>> told = new Recorder<>();
    store.subscribe(told);

    action.apply(2);

    assertThat(told.values()).allMatch(Async::isPending);
    assertThat(store.get()).isEqualTo(new Async.Pending<>("old"));
  }

  @Test
  @DisplayName("16.9 queue: one run at a time, in the order of their start")
  void rule16_9_queueRunsInOrder() {
    Function<Integer, Task<String>> action = action(Policy.QUEUE);
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tasks.add(action.apply(i));
    }

    List<Integer> first = desk.begun();
    desk.finish(1);
    List<Integer> second = desk.begun();
    desk.fail(2, new IllegalStateException("foreign"));
    desk.finish(3);

    assertThat(first).containsExactly(1);
    assertThat(second).containsExactly(1, 2);
    assertThat(desk.begun()).containsExactly(1, 2, 3);
    assertThat(ended(tasks.get(2))).isEqualTo(new Outcome.Done<>("value 3"));
    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 3", now));
  }

  @Test
  @DisplayName("16.10 queue: what is cancelled while it waits never runs")
  void rule16_10_cancelledWhileWaitingNeverRuns() {
    Function<Integer, Task<String>> action = action(Policy.QUEUE);
    action.apply(1);
    Task<String> waiting = action.apply(2);
    action.apply(3);

    waiting.cancel();
    desk.finish(1);

    assertThat(desk.begun()).containsExactly(1, 3);
    assertThat(waiting.isDone()).isTrue();
  }

  @Test
  @DisplayName("16.11 drop: what is started meanwhile is skipped, and what is started later is not")
  void rule16_11_dropSkips() {
    Function<Integer, Task<String>> action = action(Policy.DROP);
    action.apply(1);

    Task<String> skipped = action.apply(2);
    desk.finish(1);
    action.apply(3);

    assertThat(desk.begun()).containsExactly(1, 3);
    assertThat(ended(skipped))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).isInstanceOf(SkippedException.class));
  }

  @Test
  @DisplayName("16.12 what does not meet the condition is skipped, and shows nowhere")
  void rule16_12_conditionSkips() {
    Function<Integer, Task<String>> action =
        create(new Parts(Policy.EVERY, desk.call(), argument -> argument > 1, store, time));
    Recorder<Async<String>> told = new Recorder<>();
    store.subscribe(told);

    Task<String> skipped = action.apply(1);

    assertThat(ended(skipped))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).hasMessageContaining("its condition was not met"));
    assertThat(told.changes()).isEmpty();
    assertThat(desk.begun()).isEmpty();
  }

  @Test
  @DisplayName("16.13 when a task ends, the store shows its result")
  void rule16_13_storeIsWrittenBeforeTheTaskEnds() {
    Function<Integer, Task<String>> action = action(Policy.EVERY);
    List<Async<String>> seen = new ArrayList<>();
    Task<String> task = action.apply(1);
    task.onEnd(outcome -> seen.add(store.get()));

    desk.finish(1);

    assertThat(seen).containsExactly(new Async.Ready<>("value 1", now));
  }

  @Test
  @DisplayName("16.14 cancelling twice, or what has ended, does nothing and says so")
  void rule16_14_cancellingTwiceDoesNothing() {
    Function<Integer, Task<String>> action = action(Policy.EVERY);
    Task<String> cancelled = action.apply(1);
    cancelled.cancel();
    Task<String> done = action.apply(2);
    desk.finish(2);

    assertThat(cancelled.cancel()).isFalse();
    assertThat(done.cancel()).isFalse();
    assertThat(store.get()).isEqualTo(new Async.Ready<>("value 2", now));
  }

  @Test
  @DisplayName("16.15 latest: of what many threads start, one run counts, and the store shows it")
  void rule16_15_latestUnderContention() {
    Call<Integer, String> work =
        Call.blocking(
            runnable -> Concurrently.start(runnable),
            argument -> {
              Thread.yield();
              return "value " + argument;
            });
    Function<Integer, Task<String>> action =
        create(new Parts(Policy.LATEST, work, argument -> true, store, time));
    Queue<Task<String>> tasks = new ConcurrentLinkedQueue<>();
    Runnable starts =
        () -> {
          for (int i = 0; i < 50; i++) {
            tasks.add(action.apply(i));
          }
        };

    Concurrently.together(PATIENCE, starts, starts, starts);
    List<Outcome<String>> outcomes = tasks.stream().map(AsyncContract::ended).toList();

    assertThat(outcomes).noneMatch(Outcome.Failed.class::isInstance);
    assertThat(store.get()).isInstanceOf(Async.Ready.class);
    assertThat(outcomes).contains(new Outcome.Done<>(store.get().valueOrPrevious()));
  }
}
