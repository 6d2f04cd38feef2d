package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.scope.Cancellation;
import io.stateward.scope.Scope;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.ManualExecutor;
import io.stateward.signal.Reports;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Executor HERE = Runnable::run;

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  private static String name(Long id) {
    return "user " + id;
  }

  private static <R> Outcome<R> end(Task<R> task) {
    return Concurrently.finish(PATIENCE, task.stage().handle(Outcome::<R>of).toCompletableFuture());
  }

  @Test
  void start_blockingWork_endsWithItsResult() throws Exception {
    Call<Long, String> call = Call.blocking(pool, CallTest::name);

    Task<String> task = call.start(7L);

    assertThat(end(task)).isEqualTo(new Outcome.Done<>("user 7"));
    assertThat(task.await().orThrow()).isEqualTo("user 7");
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void start_workThatThrows_failsWithIt() throws Exception {
    IOException broken = new IOException("broken");
    Task<String> task =
        Call.<Long, String>blocking(
                HERE,
                id -> {
                  throw broken;
                })
            .start(7L);

    assertThat(task.await()).isEqualTo(new Outcome.Failed<>(broken));
    assertThatThrownBy(() -> task.await().orThrow())
        .isInstanceOf(CompletionException.class)
        .hasCause(broken);
    assertThat(task.cancel()).isFalse();
  }

  @Test
  void start_executorThatRefuses_failsWithThat() throws Exception {
    pool.shutdown();

    Outcome<String> outcome = Call.blocking(pool, CallTest::name).start(7L).await();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(RejectedExecutionException.class));
  }

  @Test
  void cancel_blockingWork_interruptsItAndDropsItsResult() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch over = new CountDownLatch(1);
    Task<String> task =
        Call.<Long, String>blocking(
                pool,
                id -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  over.countDown();
                  return "late";
                })
            .start(7L);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(task.cancel()).isTrue();
    assertThat(task.cancel()).isFalse();

    assertThat(task.isDone()).isTrue();
    assertThat(task.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).isTrue();
    assertThat(task.await()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void cancel_workNotBegun_neverBegins() {
    ManualExecutor executor = new ManualExecutor();
    List<Long> begun = new ArrayList<>();
    Task<Boolean> task = Call.<Long, Boolean>blocking(executor, begun::add).start(7L);

    task.cancel();
    executor.runAll();

    assertThat(begun).isEmpty();
  }

  @Test
  void cancel_workThatPolls_seesIt() {
    List<Boolean> polled = new ArrayList<>();
    AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
    ManualExecutor executor = new ManualExecutor();
    Task<String> task =
        Call.<Long, String>blockingWith(
                executor,
                (id, cancellation) -> {
                  polled.add(cancellation.isCancelled());
                  cancel.get().run();
                  polled.add(cancellation.isCancelled());
                  cancellation.throwIfCancelled();
                  return "never";
                })
            .start(7L);
    cancel.set(task::cancel);

    executor.runAll();

    assertThat(polled).containsExactly(false, true);
    assertThat(end(task)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(Thread.currentThread().isInterrupted()).as("left behind").isFalse();
  }

  @Test
  void cancel_stage_cancelsTheFutureOfTheWork() {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task = Call.<Long, String>stage(id -> request).start(7L);

    task.cancel();

    assertThat(request).isCancelled();
  }

  @Test
  void cancel_futureOfTheTask_cancelsTheWork() {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task = Call.<Long, String>stage(id -> request).start(7L);

    task.stage().toCompletableFuture().cancel(true);

    assertThat(request).isCancelled();
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void cancel_workIsTold_beforeThoseWhoListen() {
    List<String> told = new ArrayList<>();
    Task<String> task =
        Call.<Long, String>stageWith(
                (id, cancellation) -> {
                  cancellation.onCancel(() -> told.add("work"));
                  return new CompletableFuture<String>();
                })
            .start(7L);
    task.onEnd(outcome -> told.add("listener"));

    task.cancel();

    assertThat(told).containsExactly("work", "listener");
  }

  @Test
  void stage_ofWorkThatWasCancelledByOthers_isCancelled() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task = Call.<Long, String>stage(id -> request).start(7L);

    request.cancel(true);

    assertThat(task.await()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void stage_derived_failsWithTheCauseAndNotItsWrapper() throws Exception {
    IOException broken = new IOException("broken");
    CompletionStage<String> derived =
        CompletableFuture.<String>failedFuture(broken).thenApply(it -> it);

    assertThat(Call.<Long, String>stage(id -> derived).start(7L).await())
        .isEqualTo(new Outcome.Failed<>(broken));
  }

  @Test
  void stage_null_failsAndSaysWhatToDo() throws Exception {
    @SuppressWarnings("NullAway") // the point of the test
    Call<Long, String> call = Call.stage((Long id) -> (CompletableFuture<String>) null);

    assertThat(call.start(7L).await())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("completed future"));
  }

  @Test
  void start_inAScope_isCancelledWithIt() {
    CompletableFuture<String> request = new CompletableFuture<>();
    Scope page = Scope.root("page");
    Scope dialog = page.child("dialog");
    Task<String> task = Call.<Long, String>stage(id -> request).start(7L, dialog.cancellation());

    page.close();

    assertThat(request).isCancelled();
    assertThat(end(task)).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void start_inAClosedScope_startsNothingAndIsCancelled() {
    List<Long> begun = new ArrayList<>();
    Scope page = Scope.root("page");
    page.close();

    Task<Boolean> task =
        Call.<Long, Boolean>blocking(HERE, begun::add).start(7L, page.cancellation());

    assertThat(end(task)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(begun).isEmpty();
  }

  @Test
  void await_interrupted_leavesTheTaskAlone() {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task = Call.<Long, String>stage(id -> request).start(7L);

    Thread.currentThread().interrupt();
    assertThatThrownBy(task::await).isInstanceOf(InterruptedException.class);

    assertThat(task.isDone()).isFalse();
    request.complete("came");
    assertThat(end(task)).isEqualTo(new Outcome.Done<>("came"));
  }

  @Test
  void onEnd_thatThrows_isReported() {
    try (Reports reports = new Reports()) {
      Task<String> task = Call.blocking(HERE, CallTest::name).start(7L);

      task.onEnd(
          outcome -> {
            throw new IllegalStateException("foreign");
          });

      assertThat(reports.naming("Task")).hasSize(1);
    }
  }

  @Test
  void timeout_ofWorkThatTakesTooLong_failsAndCancelsIt() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task =
        Call.<Long, String>stage(id -> request).timeout(Duration.ofSeconds(5), time).start(7L);

    time.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(task.isDone()).isFalse();
    time.advance(Duration.ofNanos(1));

    assertThat(request).isCancelled();
    assertThat(task.await())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.cause())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("PT5S"));
  }

  @Test
  void timeout_ofWorkThatEnds_leavesNoTimer() {
    CompletableFuture<String> request = new CompletableFuture<>();
    Task<String> task =
        Call.<Long, String>stage(id -> request).timeout(Duration.ofSeconds(5), time).start(7L);
    assertThat(time.pending()).isEqualTo(1);

    request.complete("in time");

    assertThat(end(task)).isEqualTo(new Outcome.Done<>("in time"));
    assertThat(time.pending()).isZero();
  }

  @Test
  void timeout_zero_isRefused() {
    Call<Long, String> call = Call.blocking(HERE, CallTest::name);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> call.timeout(Duration.ZERO))
        .withMessageContaining("PT0S");
  }

  @Test
  void until_conditionThatIsMet_endsWithTheValue() {
    Store<Integer> store = Store.of(1);
    Call<Predicate<? super Integer>, Integer> call = Call.until(store);

    Task<Integer> now = call.start(n -> n == 1);
    Task<Integer> later = call.start(n -> n > 2);
    store.set(2);
    assertThat(later.isDone()).isFalse();
    store.set(3);
    store.set(4);

    assertThat(end(now)).isEqualTo(new Outcome.Done<>(1));
    assertThat(end(later)).isEqualTo(new Outcome.Done<>(3));
  }

  @Test
  void until_conditionThatNeverComes_endsAtTheTimeoutAndStopsListening() throws Exception {
    Store<Integer> store = Store.of(1);
    List<Integer> asked = new ArrayList<>();
    Task<Integer> task =
        Call.until(store)
            .timeout(Duration.ofSeconds(5), time)
            .start(
                n -> {
                  asked.add(n);
                  return false;
                });

    time.advance(Duration.ofSeconds(5));
    store.set(2);

    assertThat(task.await()).isInstanceOf(Outcome.Failed.class);
    assertThat(asked).containsExactly(1);
  }

  @Test
  void until_conditionThatThrows_failsWithIt() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");

    Task<Integer> task =
        Call.until(Store.of(1))
            .start(
                n -> {
                  throw broken;
                });

    assertThat(task.await()).isEqualTo(new Outcome.Failed<>(broken));
  }

  @Test
  void cancellation_none_isNeverCancelled() {
    Cancellation none = Cancellation.none();

    none.onCancel(() -> {}).close();
    none.throwIfCancelled();

    assertThat(none.isCancelled()).isFalse();
  }

  @Test
  void cancellation_ofAScope_runsItsActionsOnce() {
    Scope page = Scope.root("page");
    List<String> told = new ArrayList<>();
    Cancellation cancellation = page.cancellation();
    cancellation.onCancel(() -> told.add("first"));
    cancellation.onCancel(() -> told.add("dropped")).close();
    cancellation.onCancel(() -> told.add("second"));

    page.close();
    page.close();
    cancellation.onCancel(() -> told.add("at once"));

    assertThat(told).containsExactly("second", "first", "at once");
    assertThatThrownBy(cancellation::throwIfCancelled).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancel_racingTheEndOfTheWork_neverInterruptsWhatComesNext() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    for (int i = 0; i < 2_000; i++) {
      try (Gate gate = new Gate(PATIENCE)) {
        ManualExecutor executor = new ManualExecutor();
        Task<String> task =
            Call.<Long, String>blocking(
                    executor,
                    id -> {
                      worker.set(Thread.currentThread());
                      gate.open();
                      return "done";
                    })
                .start(7L);
        Concurrently.together(
            PATIENCE,
            () -> {
              executor.runAll();
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
            },
            () -> {
              gate.hold();
              task.cancel();
            });
        assertThat(task.isDone()).isTrue();
      }
    }
  }
}
