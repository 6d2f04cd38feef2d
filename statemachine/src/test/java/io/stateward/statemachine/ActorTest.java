package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Outcome.Failed;
import io.stateward.flow.Task;
import io.stateward.scope.Scope;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Reports;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Lamps.Lamp;
import io.stateward.statemachine.Lamps.LampEvent;
import io.stateward.statemachine.Lamps.World;
import io.stateward.statemachine.Tallies.Tally;
import io.stateward.statemachine.Tallies.TallyEvent;
import io.stateward.time.VirtualTimekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ActorTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
  private final List<String> told = new ArrayList<>();

  private static <T> T now(java.util.concurrent.CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertThat(future).isDone();
    return future.join();
  }

  private Actor<Lamp, LampEvent> lamp() {
    return Lamps.machine(World.telling(told::add)).start(actors);
  }

  @Test
  void ask_idleActor_answersWithTheStepWhenItsActionsHaveRun() {
    Actor<Lamp, LampEvent> lamp = lamp();

    Step<Lamp> step = now(lamp.ask(new LampEvent.Switch()));

    assertThat(step.outcome()).isInstanceOf(Outcome.Transitioned.class);
    assertThat(step.snapshot().state()).isEqualTo(new Lamp.Lit(1));
    assertThat(lamp.snapshot()).isSameAs(step.snapshot());
    assertThat(told).containsExactly("lit 1");
  }

  @Test
  void tell_anEvent_commitsThenActsThenMovesTheSignalThenTellsObservers() {
    AtomicReference<Actor<Lamp, LampEvent>> self = new AtomicReference<>();
    World looking =
        new World() {
          @Override
          public void lit(int switched, String key) {
            Actor<Lamp, LampEvent> lamp = self.get();
            told.add(
                "action at %s, shown %s".formatted(lamp.snapshot().state(), lamp.state().get()));
          }
        };
    Actor<Lamp, LampEvent> lamp = Lamps.machine(looking).start(actors);
    self.set(lamp);
    lamp.state().subscribe(change -> told.add("signal " + change.now()));
    lamp.observe(notice -> told.add(notice.getClass().getSimpleName()));

    lamp.tell(new LampEvent.Switch());

    assertThat(told)
        .containsExactly(
            "action at Lit[switched=1], shown Dark[switched=0]",
            "signal Lit[switched=1]",
            "Stepped");
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Lit(1));
    assertThat(lamp.snapshots().get()).isSameAs(lamp.snapshot());
  }

  @Test
  void tell_byAnActionOfTheActor_isTakenAfterItsMacrostep() {
    AtomicReference<Actor<Lamp, LampEvent>> self = new AtomicReference<>();
    World switching =
        new World() {
          @Override
          public void lit(int switched, String key) {
            if (switched < 3) {
              self.get().tell(new LampEvent.Switch());
              self.get().tell(new LampEvent.Switch());
            }
            told.add("lit " + switched);
          }

          @Override
          public void dark(int switched) {
            told.add("dark " + switched);
          }
        };
    Actor<Lamp, LampEvent> lamp = Lamps.machine(switching).start(actors);
    self.set(lamp);

    lamp.tell(new LampEvent.Switch());

    assertThat(told).containsExactly("lit 1", "dark 1", "lit 2", "dark 2", "lit 3");
  }

  @Test
  void tell_whatIsIgnored_isNotedWithItsOutcome() {
    Actor<Lamp, LampEvent> lamp = lamp();
    lamp.observe(
        notice -> {
          if (notice instanceof Notice.Stepped<Lamp> stepped) {
            told.add(stepped.cause() + " " + stepped.step().outcome());
          }
        });

    lamp.tell(new LampEvent.Blow());

    assertThat(told).containsExactly("Blow[] Ignored[explicit=false]");
  }

  @Test
  void tell_functionThrows_changesNothingAndIsReported() {
    Actor<Tally, TallyEvent> tally = Tallies.machine(1).start(actors);

    try (Reports reports = new Reports()) {
      tally.tell(new TallyEvent.Add(0, 7));

      assertThat(reports.naming(tally.id())).hasSize(1);
      assertThat(reports.naming(tally.id()).get(0).cause()).hasMessage("Sender 0: 7 came after 0.");
    }
    assertThat(now(tally.ask(new TallyEvent.Add(0, 9))).outcome())
        .isInstanceOf(Outcome.Failed.class);
    assertThat(tally.snapshot().state()).isEqualTo(new Tally.Open(0, List.of(0)));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void tell_eventOfAnotherMachine_isRefusedWhereItIsSent() {
    Actor lamp = lamp();

    assertThatThrownBy(() -> lamp.tell("on"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'lamp'")
        .hasMessageContaining("LampEvent");
    assertThatThrownBy(() -> lamp.ask(new TallyEvent.Close()))
        .isInstanceOf(IllegalArgumentException.class);
    lamp.tell(new LampEvent.Switch());
    assertThat(told).containsExactly("lit 1");
  }

  @Test
  void tell_actionThrows_hasMovedAndIsReportedAndToldToObservers() {
    World failing =
        new World() {
          @Override
          public void lit(int switched, String key) throws Exception {
            throw new java.io.IOException("no bulb");
          }
        };
    Actor<Lamp, LampEvent> lamp = Lamps.machine(failing).start(actors);
    lamp.observe(
        notice -> {
          if (notice instanceof Notice.EffectFailed<Lamp> failed) {
            told.add(((Effect.Run) failed.effect()).name() + " " + failed.failure().getMessage());
          }
        });

    try (Reports reports = new Reports()) {
      lamp.tell(new LampEvent.Switch());

      assertThat(reports.naming(lamp.id())).hasSize(1);
    }
    assertThat(told).containsExactly("lit no bulb");
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Lit(1));
    lamp.tell(new LampEvent.Switch());
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Dark(1));
  }

  @Test
  void observe_observerThrows_harmsNobody() {
    Actor<Lamp, LampEvent> lamp = lamp();
    Subscription closed = lamp.observe(notice -> told.add("closed"));
    lamp.observe(
        notice -> {
          throw new IllegalStateException("not now");
        });
    lamp.observe(notice -> told.add("second"));
    closed.close();

    try (Reports reports = new Reports()) {
      lamp.tell(new LampEvent.Switch());

      assertThat(reports.naming("Actor")).hasSize(1);
    }
    assertThat(told).containsExactly("lit 1", "second");
  }

  @Test
  void tell_toTheEnd_stopsTheActor() {
    Actor<Lamp, LampEvent> lamp = lamp();
    lamp.observe(notice -> told.add(notice.getClass().getSimpleName()));
    lamp.tell(new LampEvent.Switch());
    told.clear();

    lamp.tell(new LampEvent.Blow());

    assertThat(lamp.isStopped()).isTrue();
    assertThat(now(lamp.ended()).isDone()).isTrue();
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Broken());
    assertThat(told).containsExactly("dark 1", "Stepped", "Ended");
    assertThat(time.pending()).isZero();
  }

  @Test
  void stop_beforeTheEnd_refusesWhatComesByName() {
    Actor<Lamp, LampEvent> lamp = lamp();
    lamp.tell(new LampEvent.Switch());
    lamp.observe(notice -> told.add(notice.getClass().getSimpleName()));

    lamp.stop();
    lamp.stop();
    try (Reports reports = new Reports()) {
      lamp.tell(new LampEvent.Blow());

      assertThat(reports.naming(lamp.id())).hasSize(1);
    }

    assertThat(told).containsExactly("lit 1", "Ended", "Undelivered");
    assertThat(now(lamp.ended()).isDone()).isFalse();
    assertThat(lamp.snapshot().state()).isEqualTo(new Lamp.Lit(1));
    assertThat(time.pending()).isZero();
    assertThatThrownBy(() -> lamp.ask(new LampEvent.Blow()).toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ActorStoppedException.class)
        .hasMessageContaining(lamp.id())
        .hasMessageContaining("Blow[]");
  }

  @Test
  void stop_byAnAction_refusesWhatWaits() {
    AtomicReference<Actor<Lamp, LampEvent>> self = new AtomicReference<>();
    AtomicReference<CompletableFuture<Step<Lamp>>> asked = new AtomicReference<>();
    World stopping =
        new World() {
          @Override
          public void lit(int switched, String key) {
            asked.set(self.get().ask(new LampEvent.Switch()).toCompletableFuture());
            self.get().stop();
          }
        };
    Actor<Lamp, LampEvent> lamp = Lamps.machine(stopping).start(actors);
    self.set(lamp);

    lamp.tell(new LampEvent.Switch());

    assertThat(asked.get()).isCompletedExceptionally();
    assertThat(lamp.snapshot().state()).isEqualTo(new Lamp.Lit(1));
    assertThat(lamp.isStopped()).isTrue();
  }

  @Test
  void until_conditionIsMetNowLaterOrNever_endsAccordingly() throws Exception {
    Actor<Lamp, LampEvent> lamp = lamp();

    Task<Lamp> dark = lamp.until(Lamp.Dark.class::isInstance);
    Task<Lamp> lit = lamp.until(Lamp.Lit.class::isInstance);
    Task<Lamp> broken = lamp.until(Lamp.Broken.class::isInstance);
    Task<Lamp> never = lamp.until(state -> false);
    Task<Lamp> faulty = lamp.until(state -> Integer.parseInt("x") > 0);
    assertThat(dark.isDone()).isTrue();
    assertThat(lit.isDone()).isFalse();
    lamp.tell(new LampEvent.Switch());
    assertThat(lit.await().orThrow()).isEqualTo(new Lamp.Lit(1));
    lamp.tell(new LampEvent.Blow());

    assertThat(broken.await().orThrow()).isEqualTo(new Lamp.Broken());
    assertThat(never.await()).isInstanceOf(Failed.class);
    assertThatThrownBy(() -> never.await().orThrow()).isInstanceOf(ActorStoppedException.class);
    assertThatThrownBy(() -> faulty.await().orThrow()).isInstanceOf(NumberFormatException.class);
    assertThat(lamp.until(Lamp.Broken.class::isInstance).isDone()).isTrue();
    assertThat(lamp.until(Lamp.Lit.class::isInstance).await()).isInstanceOf(Failed.class);
  }

  @Test
  void start_machineThatNeedsAParameter_isRefusedWithoutOne() {
    assertThatThrownBy(() -> actors.start(Orders.ORDER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void start_firstMacrostepFails_isRefusedByName() {
    Machine<Lamp, LampEvent> faulty =
        Machine.define("faulty", Lamp.class, LampEvent.class)
            .initial(
                Lamp.Dark.class,
                Integer.class,
                number -> {
                  throw new IllegalStateException("number " + number);
                })
            .build();

    assertThatThrownBy(() -> faulty.start(actors, 7))
        .isInstanceOf(ActorStartException.class)
        .hasMessageContaining("'faulty'")
        .hasRootCauseMessage("number 7");
  }

  @Test
  void close_ofActors_stopsAllAndStartsNoMore() {
    Actor<Lamp, LampEvent> idle = lamp();
    Actor<Lamp, LampEvent> waiting = lamp();
    waiting.tell(new LampEvent.Switch());

    try (Scope scope = Scope.root("application")) {
      scope.own(actors);
    }

    assertThat(actors.isClosed()).isTrue();
    assertThat(time.pending()).isZero();
    assertThat(idle.isStopped()).isTrue();
    assertThat(now(idle.ended()).isDone()).isFalse();
    assertThat(idle.ask(new LampEvent.Switch()).toCompletableFuture()).isCompletedExceptionally();
    assertThat(waiting.isStopped()).isTrue();
    assertThatThrownBy(this::lamp).isInstanceOf(ClosedException.class);
  }

  @Test
  void tell_aLongChainOfActors_doesNotFillTheStack() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Actors chained = Actors.on(pool).build()) {
      CountDownLatch last = new CountDownLatch(1);
      AtomicReference<Actor<Lamp, LampEvent>> next = new AtomicReference<>();
      for (int i = 0; i < 3_000; i++) {
        Actor<Lamp, LampEvent> follower = next.get();
        World passingOn =
            new World() {
              @Override
              public void lit(int switched, String key) {
                if (follower == null) {
                  last.countDown();
                } else {
                  follower.tell(new LampEvent.Switch());
                }
              }
            };
        next.set(Lamps.machine(passingOn).start(chained));
      }

      next.get().tell(new LampEvent.Switch());

      assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void tell_actionBlocks_holdsUpItsOwnActorOnly() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    World blocking =
        new World() {
          @Override
          public void lit(int switched, String key) throws Exception {
            blocked.countDown();
            release.await();
          }
        };
    Actor<Lamp, LampEvent> stuck = Lamps.machine(blocking).start(actors);
    Actor<Lamp, LampEvent> free = lamp();
    try {
      pool.execute(() -> stuck.tell(new LampEvent.Switch()));
      blocked.await();

      CompletableFuture<Step<Lamp>> later =
          stuck.ask(new LampEvent.Switch()).toCompletableFuture(); // does not wait
      assertThat(later).isNotDone();
      assertThat(stuck.snapshot().state()).isEqualTo(new Lamp.Lit(1));
      assertThat(now(free.ask(new LampEvent.Switch())).outcome().isTaken()).isTrue();

      release.countDown();
      assertThat(later.get(10, TimeUnit.SECONDS).snapshot().state()).isEqualTo(new Lamp.Dark(1));
    } finally {
      release.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void id_ofEachActor_isAnother() {
    assertThat(lamp().id()).startsWith("lamp-").isNotEqualTo(lamp().id());
    Actor<Lamp, LampEvent> one = lamp();
    assertThat(one.id()).isEqualTo(one.id());
  }

  @Test
  void entry_keyed_isGivenAKeyPerMacrostep() {
    List<String> keys = new ArrayList<>();
    World keyed =
        new World() {
          @Override
          public void lit(int switched, String key) {
            keys.add(key);
          }
        };
    Actor<Lamp, LampEvent> lamp = Lamps.machine(keyed).start(actors);

    lamp.tell(new LampEvent.Switch());
    lamp.tell(new LampEvent.Switch());
    lamp.tell(new LampEvent.Switch());

    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    assertThat(keys)
        .allSatisfy(key -> assertThat(key).startsWith(lamp.id() + "/").endsWith("/lit"));
  }
}
