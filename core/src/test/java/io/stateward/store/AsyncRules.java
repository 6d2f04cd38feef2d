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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 16: what a store shows of work that takes time, and which of several runs count. */
interface AsyncRules {

  /** What the rules are checked with. */
  record Scene(Store<Async<String>> store, Desk desk, VirtualTimekeeper time, Instant now) {
    Scene(VirtualTimekeeper time) {
      this(Store.of("user", Async.idle()), new Desk(), time, time.now());
    }
  }

  /** Returns what this test is made with; the same each time. */
  Scene scene();

  /** Returns a new action. */
  Function<Integer, Task<String>> create(AsyncContract.Parts parts);

  /** Returns how long to wait for what must happen before it counts as blocked. */
  default Duration patience() {
    return Duration.ofSeconds(20);
  }

  private Function<Integer, Task<String>> action(AsyncContract.Policy policy) {
    return create(
        new AsyncContract.Parts(
            policy, scene().desk().call(), argument -> true, scene().store(), scene().time()));
  }

  private void ready(String value) {
    scene().store().set(Async.ready(value, scene().now()));
  }

  private Outcome<String> ended(Task<String> task) {
    return Concurrently.finish(
        patience(), task.stage().handle(Outcome::<String>of).toCompletableFuture());
  }

  @Test
  @DisplayName("16.1 it shows that a value is pending, with the previous one, then the value")
  default void rule16_1_showsPendingThenReady() {
    ready("old");
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);

    Task<String> task = action.apply(1);
    Async<String> during = scene().store().get();
    scene().time().advance(Duration.ofSeconds(3));
    scene().desk().finish(1);

    assertThat(during).isEqualTo(new Async.Pending<>("old"));
    assertThat(scene().store().get())
        .isEqualTo(new Async.Ready<>("value 1", scene().now().plusSeconds(3)));
    assertThat(ended(task)).isEqualTo(new Outcome.Done<>("value 1"));
  }

  @Test
  @DisplayName("16.2 it shows what the work threw, with the previous value")
  default void rule16_2_showsFailure() {
    ready("old");
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);
    RejectedException thrown = new RejectedException(404);

    Task<String> task = action.apply(1);
    scene().desk().fail(1, thrown);

    assertThat(scene().store().get()).isEqualTo(new Async.Failed<>(thrown, "old"));
    assertThat(ended(task)).isEqualTo(new Outcome.Failed<>(thrown));
  }

  @Test
  @DisplayName("16.3 cancelling tells the work to stop, and the store shows what it showed before")
  default void rule16_3_cancellingGoesBack() {
    ready("old");
    Async<String> before = scene().store().get();
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);

    Task<String> task = action.apply(1);
    boolean cancelled = task.cancel();

    assertThat(cancelled).isTrue();
    assertThat(scene().desk().isCancelled(1)).isTrue();
    assertThat(scene().store().get()).isEqualTo(before);
    assertThat(ended(task)).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  @DisplayName("16.4 a result that comes after the cancellation is dropped")
  default void rule16_4_lateResultIsDropped() {
    Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    Call<Integer, String> stubborn = Call.blocking(late::add, argument -> "value " + argument);
    Function<Integer, Task<String>> action =
        create(
            new AsyncContract.Parts(
                AsyncContract.Policy.EVERY,
                ignoringCancellation(stubborn),
                any -> true,
                scene().store(),
                scene().time()));

    Task<String> task = action.apply(1);
    task.cancel();
    late.remove().run();

    assertThat(scene().store().get()).isEqualTo(Async.idle());
    assertThat(ended(task)).isInstanceOf(Outcome.Cancelled.class);
  }

  private static Call<Integer, String> ignoringCancellation(Call<Integer, String> call) {
    return Call.stage(argument -> call.start(argument).stage().thenApply(value -> value));
  }

  @Test
  @DisplayName("16.5 runs side by side: the result of an older one never replaces a newer one's")
  default void rule16_5_staleResultsAreDropped() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);
    Task<String> older = action.apply(1);
    action.apply(2);

    scene().desk().finish(2);
    scene().desk().finish(1);

    assertThat(scene().store().get()).isEqualTo(new Async.Ready<>("value 2", scene().now()));
    assertThat(ended(older)).isEqualTo(new Outcome.Done<>("value 1"));
  }

  @Test
  @DisplayName("16.6 runs side by side: it stays pending on the older result until the newer comes")
  default void rule16_6_pendingWhileNewerIsUnderWay() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);
    action.apply(1);
    action.apply(2);

    scene().desk().finish(1);

    assertThat(scene().store().get()).isEqualTo(new Async.Pending<>("value 1"));
    scene().desk().finish(2);
    assertThat(scene().store().get()).isEqualTo(new Async.Ready<>("value 2", scene().now()));
  }

  @Test
  @DisplayName("16.7 latest: a newer run supersedes the older, whose work is told to stop")
  default void rule16_7_latestSupersedes() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.LATEST);

    Task<String> older = action.apply(1);
    action.apply(2);
    boolean stopped = scene().desk().isCancelled(1);
    scene().desk().finish(1);
    scene().desk().finish(2);

    assertThat(stopped).isTrue();
    assertThat(ended(older))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).isInstanceOf(SupersededException.class));
    assertThat(scene().store().get()).isEqualTo(new Async.Ready<>("value 2", scene().now()));
  }

  @Test
  @DisplayName("16.8 latest: it shows nothing but pending while one run takes the other's place")
  default void rule16_8_latestStaysPending() {
    ready("old");
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.LATEST);
    action.apply(1);
    Recorder<Async<String>> told = new Recorder<>();
    scene().store().subscribe(told);

    action.apply(2);

    assertThat(told.values()).allMatch(Async::isPending);
    assertThat(scene().store().get()).isEqualTo(new Async.Pending<>("old"));
  }

  @Test
  @DisplayName("16.9 queue: one run at a scene().time(), in the order of their start")
  default void rule16_9_queueRunsInOrder() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.QUEUE);
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tasks.add(action.apply(i));
    }

    List<Integer> first = scene().desk().begun();
    scene().desk().finish(1);
    List<Integer> second = scene().desk().begun();
    scene().desk().fail(2, new IllegalStateException("foreign"));
    scene().desk().finish(3);

    assertThat(first).containsExactly(1);
    assertThat(second).containsExactly(1, 2);
    assertThat(scene().desk().begun()).containsExactly(1, 2, 3);
    assertThat(ended(tasks.get(2))).isEqualTo(new Outcome.Done<>("value 3"));
    assertThat(scene().store().get()).isEqualTo(new Async.Ready<>("value 3", scene().now()));
  }

  @Test
  @DisplayName("16.10 queue: what is cancelled while it waits never runs")
  default void rule16_10_cancelledWhileWaitingNeverRuns() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.QUEUE);
    action.apply(1);
    Task<String> waiting = action.apply(2);
    action.apply(3);

    waiting.cancel();
    scene().desk().finish(1);

    assertThat(scene().desk().begun()).containsExactly(1, 3);
    assertThat(waiting.isDone()).isTrue();
  }

  @Test
  @DisplayName("16.11 drop: what is started meanwhile is skipped, and what is started later is not")
  default void rule16_11_dropSkips() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.DROP);
    action.apply(1);

    Task<String> skipped = action.apply(2);
    scene().desk().finish(1);
    action.apply(3);

    assertThat(scene().desk().begun()).containsExactly(1, 3);
    assertThat(ended(skipped))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).isInstanceOf(SkippedException.class));
  }

  @Test
  @DisplayName("16.12 what does not meet the condition is skipped, and shows nowhere")
  default void rule16_12_conditionSkips() {
    Function<Integer, Task<String>> action =
        create(
            new AsyncContract.Parts(
                AsyncContract.Policy.EVERY,
                scene().desk().call(),
                argument -> argument > 1,
                scene().store(),
                scene().time()));
    Recorder<Async<String>> told = new Recorder<>();
    scene().store().subscribe(told);

    Task<String> skipped = action.apply(1);

    assertThat(ended(skipped))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class,
            it -> assertThat(it.cause()).hasMessageContaining("its condition was not met"));
    assertThat(told.changes()).isEmpty();
    assertThat(scene().desk().begun()).isEmpty();
  }

  @Test
  @DisplayName("16.13 when a task ends, the store shows its result")
  default void rule16_13_storeIsWrittenBeforeTheTaskEnds() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);
    List<Async<String>> seen = new ArrayList<>();
    Task<String> task = action.apply(1);
    task.onEnd(outcome -> seen.add(scene().store().get()));

    scene().desk().finish(1);

    assertThat(seen).containsExactly(new Async.Ready<>("value 1", scene().now()));
  }

  @Test
  @DisplayName("16.14 cancelling twice, or what has ended, does nothing and says so")
  default void rule16_14_cancellingTwiceDoesNothing() {
    Function<Integer, Task<String>> action = action(AsyncContract.Policy.EVERY);
    Task<String> cancelled = action.apply(1);
    cancelled.cancel();
    Task<String> done = action.apply(2);
    scene().desk().finish(2);

    assertThat(cancelled.cancel()).isFalse();
    assertThat(done.cancel()).isFalse();
    assertThat(scene().store().get()).isEqualTo(new Async.Ready<>("value 2", scene().now()));
  }

  @Test
  @DisplayName("16.15 latest: of what many threads start, one run counts, and the store shows it")
  default void rule16_15_latestUnderContention() {
    Call<Integer, String> work =
        Call.blocking(
            runnable -> Concurrently.start(runnable),
            argument -> {
              Thread.yield();
              return "value " + argument;
            });
    Function<Integer, Task<String>> action =
        create(
            new AsyncContract.Parts(
                AsyncContract.Policy.LATEST,
                work,
                argument -> true,
                scene().store(),
                scene().time()));
    Queue<Task<String>> tasks = new ConcurrentLinkedQueue<>();
    Runnable starts =
        () -> {
          for (int i = 0; i < 50; i++) {
            tasks.add(action.apply(i));
          }
        };

    Concurrently.together(patience(), starts, starts, starts);
    List<Outcome<String>> outcomes = tasks.stream().map(this::ended).toList();

    assertThat(outcomes).noneMatch(Outcome.Failed.class::isInstance);
    assertThat(scene().store().get()).isInstanceOf(Async.Ready.class);
    assertThat(outcomes).contains(new Outcome.Done<>(scene().store().get().valueOrPrevious()));
  }
}
