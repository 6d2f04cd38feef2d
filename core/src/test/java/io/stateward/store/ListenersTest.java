package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Gate;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ListenersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ReducingStore<Sample, Deed> store =
      Store.reducing("listened", Sample.of(0, 0), Deed.reducer());
  private final Listeners<Sample, Deed> listeners =
      Listeners.of(store, pool, time, Cancellation.none());
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

  @AfterEach
  void endThreads() {
    listeners.close();
    pool.shutdownNow();
  }

  private String next() throws InterruptedException {
    String note = notes.poll(10, TimeUnit.SECONDS);
    return note == null ? "nothing" : note;
  }

  /** Waits until somebody waits: for a timer to be set, or the like. */
  private static void until(BooleanSupplier condition) {
    Concurrently.elsewhere(
        PATIENCE,
        () -> {
          while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void on_actionOfTheType_runsAfterTheDispatch() throws Exception {
    listeners.on(Deed.Add.class, (add, run) -> notes.add(add + " " + run.store().get().left()));

    store.dispatch(new Deed.Rest());
    store.dispatch(new Deed.Add(3));

    assertThat(next()).isEqualTo("Add[amount=3] 3");
    assertThat(notes).isEmpty();
  }

  @Test
  void on_condition_choosesAmongActionsOfTheType() throws Exception {
    listeners.on(Deed.Add.class, add -> add.amount() > 1, (add, run) -> notes.add("" + add));

    store.dispatch(new Deed.Add(1));
    store.dispatch(new Deed.Add(2));

    assertThat(next()).isEqualTo("Add[amount=2]");
    assertThat(notes).isEmpty();
  }

  @Test
  void on_refusedAction_isNotHeardOf() throws Exception {
    store.use(Middleware.checking((before, after) -> after.left() < 0 ? "negative" : null));
    listeners.on(Deed.class, (deed, run) -> notes.add(deed.getClass().getSimpleName()));

    store.dispatch(new Deed.Move(1));
    store.dispatch(new Deed.Rest());

    assertThat(next()).isEqualTo("Rest");
  }

  @Test
  void take_actionInTime_isReturned() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> {
          notes.add("waiting");
          notes.add("took " + run.take(Deed.Add.class, Duration.ofMinutes(30)));
        });
    store.dispatch(new Deed.Late());
    assertThat(next()).isEqualTo("waiting");
    until(() -> time.pending() == 1);

    store.dispatch(new Deed.Move(1));
    store.dispatch(new Deed.Add(1));

    assertThat(next()).isEqualTo("took Add[amount=1]");
    until(() -> time.pending() == 0);
  }

  @Test
  void take_nothingInTime_isNull() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> notes.add("took " + run.take(Deed.Add.class, Duration.ofMinutes(30))));
    store.dispatch(new Deed.Late());
    until(() -> time.pending() == 1);

    time.advance(Duration.ofMinutes(30));

    assertThat(next()).isEqualTo("took null");
  }

  @Test
  void condition_metLater_isTrue() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> notes.add("met " + run.condition(state -> state.left() >= 2, SECOND)));
    store.dispatch(new Deed.Late());
    until(() -> time.pending() == 1);

    store.dispatch(new Deed.Add(1));
    store.update(state -> state.withLeft(2));

    assertThat(next()).isEqualTo("met true");
  }

  @Test
  void condition_thatNeverComes_isFalseWhenTheTimeIsUp() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> notes.add("met " + run.condition(state -> state.left() >= 2, SECOND)));
    store.dispatch(new Deed.Late());
    until(() -> time.pending() == 1);

    store.dispatch(new Deed.Add(1));
    time.advance(SECOND);

    assertThat(next()).isEqualTo("met false");
  }

  @Test
  void cancelOthers_debounce_onlyTheLastGoesOn() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(2);
    listeners.on(
        Deed.Add.class,
        (add, run) -> {
          run.cancelOthers();
          try {
            run.delay(SECOND);
            notes.add("searched " + add.amount());
          } catch (InterruptedException e) {
            cancelled.countDown();
            throw e;
          }
        });
    for (int i = 1; i <= 3; i++) {
      int pending = i;
      store.dispatch(new Deed.Add(i));
      until(() -> time.pending() == 1 && cancelled.getCount() == 3 - pending);
    }

    time.advance(SECOND);

    assertThat(next()).isEqualTo("searched 3");
    assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(notes).isEmpty();
  }

  @Test
  void fork_andAwait_runBesideEachOther() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> {
          Task<Integer> one = run.fork(() -> 1);
          Task<Integer> two = run.fork(() -> 2);
          notes.add("sum " + (run.await(one.stage()) + run.await(two.stage())));
        });

    store.dispatch(new Deed.Late());

    assertThat(next()).isEqualTo("sum 3");
  }

  @Test
  void fork_stillUnderWayAtTheEnd_isCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    listeners.on(
        Deed.Late.class,
        (late, run) -> {
          Task<String> unused =
              run.fork(
                  () -> {
                    begun.countDown();
                    try {
                      new CountDownLatch(1).await();
                      return "never";
                    } catch (InterruptedException e) {
                      notes.add("interrupted");
                      throw e;
                    }
                  });
          begun.await();
        });

    store.dispatch(new Deed.Late());

    assertThat(next()).isEqualTo("interrupted");
  }

  @Test
  void stopListening_letsRunsGoOn() throws Exception {
    Subscription listening =
        listeners.on(
            Deed.Add.class,
            (add, run) -> {
              run.stopListening();
              notes.add("once " + add.amount());
            });

    store.dispatch(new Deed.Add(1));
    assertThat(next()).isEqualTo("once 1");
    listening.close();
    store.dispatch(new Deed.Add(2));

    assertThat(notes).isEmpty();
  }

  @Test
  void scopeClosed_interruptsWhatWaitsAndStopsListening() throws Exception {
    Scope page = Scope.root("page");
    Listeners<Sample, Deed> owned = Listeners.of(store, pool, time, page.cancellation());
    owned.on(
        Deed.Late.class,
        (late, run) -> {
          try {
            notes.add("waiting");
            run.take(Deed.Add.class);
          } finally {
            notes.add("ended");
          }
        });
    store.dispatch(new Deed.Late());
    assertThat(next()).isEqualTo("waiting");

    page.close();

    assertThat(next()).isEqualTo("ended");
    owned.close();
    store.dispatch(new Deed.Late());
    assertThat(notes).isEmpty();
  }

  @Test
  void run_throwing_isReportedAndItGoesOnListening() throws Exception {
    CompletableFuture<Boolean> reported = new CompletableFuture<>();
    try (Reports reports = new Reports()) {
      listeners.on(
          Deed.Add.class,
          (add, run) -> {
            notes.add("ran");
            throw new IllegalStateException("foreign");
          });

      store.dispatch(new Deed.Add(1));
      store.dispatch(new Deed.Add(2));

      assertThat(List.of(next(), next())).containsExactly("ran", "ran");
      until(() -> reports.naming("Listener of store 'listened'").size() == 2);
      assertThat(reports.naming("Listener of store 'listened'").get(0).problem())
          .contains("an action Add")
          .contains("goes on listening");
      reported.complete(true);
    }
    assertThat(reported).isDone();
  }

  @Test
  void executor_refusing_isReportedAndTheDispatchStands() {
    try (Reports reports = new Reports();
        Listeners<Sample, Deed> refused =
            Listeners.of(
                store,
                task -> {
                  throw new RejectedExecutionException("full");
                })) {
      refused.on(Deed.Add.class, (add, run) -> {});

      Dispatched<Sample> outcome = store.dispatch(new Deed.Add(1));

      assertThat(outcome).isInstanceOf(Dispatched.Committed.class);
      assertThat(reports.naming("Listener of store 'listened'")).hasSize(1);
    }
  }

  @Test
  void condition_throwing_isReportedAndOthersAreTold() throws Exception {
    try (Reports reports = new Reports()) {
      listeners.on(
          Deed.Add.class,
          add -> {
            throw new IllegalStateException("foreign");
          },
          (add, run) -> notes.add("never"));
      listeners.on(Deed.Add.class, (add, run) -> notes.add("told"));

      store.dispatch(new Deed.Add(1));

      assertThat(next()).isEqualTo("told");
      assertThat(reports.naming("Listener of store 'listened'").get(0).problem())
          .contains("Its condition threw");
    }
  }

  @Test
  void delay_zero_doesNotWait() throws Exception {
    listeners.on(
        Deed.Late.class,
        (late, run) -> {
          run.delay(Duration.ZERO);
          notes.add("on");
        });

    store.dispatch(new Deed.Late());

    assertThat(next()).isEqualTo("on");
  }

  @Test
  void cancelAll_whileAGateIsHeld_interruptsOnce() throws Exception {
    try (Gate gate = new Gate(PATIENCE)) {
      listeners.on(
          Deed.Late.class,
          (late, run) -> {
            try {
              gate.hold();
            } catch (AssertionError interrupted) {
              notes.add("interrupted " + run.cancellation().isCancelled());
            }
          });
      store.dispatch(new Deed.Late());
      gate.awaitHeld();

      listeners.cancelAll();
      listeners.cancelAll();

      assertThat(next()).isEqualTo("interrupted true");
      assertThat(notes).isEmpty();
    }
  }

  @Test
  void of_closedStore_isRefused() {
    store.close();

    assertThatThrownBy(() -> Listeners.of(store, pool)).isInstanceOf(ClosedException.class);
  }
}
