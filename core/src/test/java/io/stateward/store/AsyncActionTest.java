package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Scope;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Reports;
import io.stateward.store.Lifecycle.Request;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsyncActionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record App(Async<String> user, int visits) {
    App withUser(Async<String> other) {
      return new App(other, visits);
    }
  }

  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Desk desk = new Desk();
  private final Store<App> app = Store.of("app", new App(Async.idle(), 0));
  private final Store<Async<String>> user = app.slice(App::user, App::withUser);

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  private static Outcome<String> ended(Task<String> task) {
    return Concurrently.finish(
        PATIENCE, task.stage().handle(Outcome::<String>of).toCompletableFuture());
  }

  @Test
  void start_exampleOfThePage_showsAndCancels() {
    AsyncAction<Long, String> fetchUser =
        AsyncAction.latest("users/fetch", Call.blocking(pool, (Long id) -> "user " + id))
            .into(app.slice(App::user, App::withUser));

    Task<String> task = fetchUser.start(7L);

    assertThat(ended(task)).isEqualTo(new Outcome.Done<>("user 7"));
    String line =
        app.get().user().fold(() -> "", was -> "loading", name -> name, failed -> failed.message());
    assertThat(line).isEqualTo("user 7");
  }

  @Test
  void cancel_blockingWork_isInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    AsyncAction<Integer, String> action =
        AsyncAction.every(
                "slow",
                Call.<Integer, String>blocking(
                    pool,
                    argument -> {
                      begun.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.complete(true);
                        throw e;
                      }
                      return "never";
                    }))
            .into(user);

    Task<String> task = action.start(1);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    task.cancel();

    assertThat(Concurrently.finish(PATIENCE, interrupted)).isTrue();
    assertThat(user.get()).isEqualTo(Async.idle());
  }

  @Test
  void within_scope_closingItCancelsWhatRuns() {
    Scope page = Scope.root("page");
    AsyncAction<Integer, String> action =
        AsyncAction.queue("fetch", desk.call()).into(user).within(page.cancellation());
    Task<String> running = action.start(1);
    Task<String> waiting = action.start(2);

    page.close();

    assertThat(running.isDone() && waiting.isDone()).isTrue();
    assertThat(desk.isCancelled(1)).isTrue();
    assertThat(user.get()).isEqualTo(Async.idle());
    assertThat(ended(action.start(3))).isInstanceOf(Outcome.Cancelled.class);
    assertThat(desk.begun()).containsExactly(1);
    assertThat(action.busy()).isZero();
  }

  @Test
  void dispatching_reducingStore_isToldOfTheLifecycle() {
    List<Lifecycle<Integer, String>> events = new ArrayList<>();
    ReducingStore<List<String>, Lifecycle<Integer, String>> store =
        Store.reducing("events", List.of(), (state, event) -> state);
    store.use(
        Middleware.around(
            (event, next) -> {
              events.add(event);
              return next.dispatch(event);
            }));
    AsyncAction<Integer, String> action =
        AsyncAction.every("fetch", desk.call()).dispatching(store, event -> event);

    action.start(1);
    desk.finish(1);
    action.start(2);
    desk.fail(2, new RejectedException("no such user"));
    action.start(3).cancel();

    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Pending", "Fulfilled", "Pending", "Rejected", "Pending", "Cancelled");
    assertThat(events)
        .extracting(Lifecycle::request)
        .extracting(Request::argument)
        .containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(events.get(0).request().id())
        .startsWith("fetch#")
        .isEqualTo(events.get(1).request().id());
    assertThat(events.get(2).request().number()).isGreaterThan(events.get(0).request().number());
    assertThat(((Lifecycle.Rejected<Integer, String>) events.get(3)).rejection(String.class))
        .isEqualTo("no such user");
  }

  @Test
  void perKey_drop_appliesToEachKeyAndForgetsIdleOnes() {
    Store<Async<String>> other = Store.of("other", Async.idle());
    AsyncAction<Integer, String> action =
        AsyncAction.drop("fetch", desk.call())
            .perKey(argument -> argument % 2)
            .intoEach(argument -> argument % 2 == 0 ? user : other);

    action.start(1);
    action.start(2);
    Task<String> skipped = action.start(3);
    int busy = action.busy();
    desk.finish(1);
    desk.finish(2);

    assertThat(desk.begun()).containsExactly(1, 2);
    assertThat(ended(skipped)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(busy).isEqualTo(2);
    assertThat(action.busy()).isZero();
    assertThat(user.get().valueOrPrevious()).isEqualTo("value 2");
    assertThat(other.get().valueOrPrevious()).isEqualTo("value 1");
  }

  @Test
  void queue_tenThousandRunsThatEndAtOnce_needNoStack() {
    List<Integer> ran = new ArrayList<>();
    AsyncAction<Integer, String> action =
        AsyncAction.<Integer, String>queue(
                "many",
                Call.stage(
                    argument -> {
                      ran.add(argument);
                      return argument == 0
                          ? first
                          : CompletableFuture.completedFuture("value " + argument);
                    }))
            .into(user);
    for (int i = 0; i < 10_000; i++) {
      action.start(i);
    }

    first.complete("value 0");

    assertThat(ran).hasSize(10_000).isSorted();
    assertThat(user.get().valueOrPrevious()).isEqualTo("value 9999");
    assertThat(action.busy()).isZero();
  }

  private final CompletableFuture<String> first = new CompletableFuture<>();

  @Test
  void into_valueThatAStoreRefuses_isAFailure() {
    ReducingStore<Async<String>, ?> picky = picky();
    AsyncAction<Integer, String> action = AsyncAction.every("fetch", desk.call()).into(picky);

    action.start(1);
    desk.finish(1);

    assertThat(picky.get())
        .isInstanceOfSatisfying(
            Async.Failed.class,
            failed -> assertThat(failed.message()).contains("vetoed").contains("no ones"));
  }

  private static ReducingStore<Async<String>, ?> picky() {
    ReducingStore<Async<String>, ?> store = Store.updating("picky", Async.<String>idle());
    store.use(
        Middleware.checking(
            (before, after) -> "value 1".equals(after.orElse("")) ? "no ones" : null));
    return store;
  }

  @Test
  void into_closedStore_isToldByTheTask() {
    AsyncAction<Integer, String> action = AsyncAction.every("fetch", desk.call()).into(user);
    app.close();

    Task<String> task = action.start(1);

    assertThat(ended(task))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("'app' is closed"));
    assertThat(desk.begun()).isEmpty();
    assertThat(action.busy()).isZero();
  }

  @Test
  void into_storeClosedMeanwhile_isReportedAndTheTaskHasTheResult() {
    AsyncAction<Integer, String> action = AsyncAction.every("late/fetch", desk.call()).into(user);
    Task<String> task = action.start(1);
    app.close();
    try (Reports reports = new Reports()) {
      desk.finish(1);

      assertThat(reports.naming("late/fetch")).hasSize(1);
      assertThat(reports.naming("late/fetch").get(0).problem())
          .contains("could not be written to the store");
    }
    assertThat(ended(task)).isEqualTo(new Outcome.Done<>("value 1"));
  }

  @Test
  void cancel_whileSomebodyElseWrote_leavesThatAlone() {
    AsyncAction<Integer, String> action =
        AsyncAction.every("fetch", desk.call()).into(user).timekeeper(time);
    Task<String> task = action.start(1);
    Async<String> written = Async.ready("written", time.now());

    user.set(written);
    task.cancel();

    assertThat(user.get()).isSameAs(written);
  }

  @Test
  void start_onPendingThatWasLeftBehind_keepsItsValueOnCancel() {
    user.set(new Async.Pending<>("saved"));
    AsyncAction<Integer, String> action =
        AsyncAction.every("fetch", desk.call()).into(user).timekeeper(time);

    action.start(1).cancel();

    assertThat(user.get()).isEqualTo(new Async.Ready<>("saved", time.now()));
  }

  @Test
  void start_insideUpdaterOrAtomically_isRefused() {
    AsyncAction<Integer, String> action = AsyncAction.every("fetch", desk.call()).into(user);

    assertThatThrownBy(
            () ->
                app.update(
                    state -> {
                      action.start(1);
                      return state;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("start of async action 'fetch'");
    assertThatThrownBy(() -> Store.atomically(() -> action.start(1), app))
        .isInstanceOf(NestedUpdateException.class);

    assertThat(desk.begun()).isEmpty();
  }

  @Test
  void result_insideAtomicUpdate_isWrittenAfterwards() {
    Store<Integer> other = Store.of("other", 0);
    AsyncAction<Integer, String> action =
        AsyncAction.every("fetch", desk.call()).into(user).timekeeper(time);
    Task<String> task = action.start(1);

    Store.atomically(() -> desk.finish(1), other);
    boolean doneInside = task.isDone();
    time.advance(Duration.ZERO);

    assertThat(doneInside).isFalse();
    assertThat(user.get()).isEqualTo(new Async.Ready<>("value 1", time.now()));
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void condition_throwing_reachesWhoStarts() {
    IllegalStateException thrown = new IllegalStateException("foreign");
    AsyncAction<Integer, String> action =
        AsyncAction.every("fetch", desk.call())
            .into(user)
            .when(
                argument -> {
                  throw thrown;
                });

    assertThatThrownBy(() -> action.start(1)).isSameAs(thrown);

    assertThat(user.get()).isEqualTo(Async.idle());
  }

  @Test
  void call_throwing_isAFailure() {
    IllegalStateException thrown = new IllegalStateException("foreign");
    AsyncAction<Integer, String> action =
        AsyncAction.<Integer, String>drop(
                "fetch",
                (argument, cancellation) -> {
                  throw thrown;
                })
            .into(user);

    Task<String> task = action.start(1);

    assertThat(ended(task)).isEqualTo(new Outcome.Failed<>(thrown));
    assertThat(user.get()).isEqualTo(new Async.Failed<>(thrown, null));
    assertThat(action.busy()).isZero();
  }

  @Test
  void stage_cancelled_cancelsTheRun() throws Exception {
    AsyncAction<Integer, String> action = AsyncAction.every("fetch", desk.call()).into(user);
    Task<String> task = action.start(1);

    boolean cancelled = task.stage().toCompletableFuture().cancel(true);

    assertThat(cancelled).isTrue();
    assertThat(desk.isCancelled(1)).isTrue();
    assertThat(task.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(user.get()).isEqualTo(Async.idle());
  }

  @Test
  void cancelAll_runningAndWaiting_endsAllOnceMore() {
    AsyncAction<Integer, String> action = AsyncAction.queue("fetch", desk.call()).into(user);
    Task<String> running = action.start(1);
    Task<String> waiting = action.start(2);

    action.cancelAll();
    action.cancelAll();

    assertThat(running.isDone() && waiting.isDone()).isTrue();
    assertThat(desk.begun()).containsExactly(1);
    assertThat(action.busy()).isZero();
  }

  @Test
  void every_cancelledWhileItBegins_isToldOfBoth() {
    try (Gate gate = new Gate(PATIENCE)) {
      user.subscribe(
          change -> {
            if (change.now().isPending()) {
              gate.hold();
            }
          });
      Scope page = Scope.root("page");
      AsyncAction<Integer, String> action =
          AsyncAction.every("fetch", desk.call()).into(user).within(page.cancellation());
      CompletableFuture<Void> starter =
          Concurrently.start(
              () -> assertThat(ended(action.start(1))).isInstanceOf(Outcome.Cancelled.class));
      gate.awaitHeld();

      page.close();
      gate.open();
      Concurrently.finish(PATIENCE, starter);

      assertThat(desk.begun()).isEmpty();
      assertThat(user.get()).isEqualTo(Async.idle());
      assertThat(action.busy()).isZero();
    }
  }
}
