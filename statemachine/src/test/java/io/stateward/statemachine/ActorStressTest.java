package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Tallies.Tally;
import io.stateward.statemachine.Tallies.TallyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many senders, one actor.
 *
 * <p>Claimed: no event is lost or taken twice, those of one sender are taken in their order (the
 * tally's function throws if not), one macrostep happens at a time, and an event that is sent while
 * the actor stops is either taken or refused.
 *
 * <p>{@code -Dstateward.actor.rounds=1000} makes a soak of the race with the end.
 */
@Timeout(60)
final class ActorStressTest {

  private static final int SENDERS = 4;
  private static final int EVENTS = 20_000;
  private static final int ROUNDS = Integer.getInteger("stateward.actor.rounds", 200);

  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void shutDown() {
    senders.shutdownNow();
    pool.shutdownNow();
  }

  private Actors actors(boolean onExecutor) {
    ActorsBuilder builder = Actors.on(pool);
    return onExecutor ? builder.mailbox(pool).build() : builder.build();
  }

  /** What a sender does. */
  private interface Sending {
    void run(int sender) throws Exception;
  }

  private static void race(ExecutorService threads, int count, Sending sending) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int sender = i;
      running.add(
          threads.submit(
              () -> {
                start.await();
                sending.run(sender);
                return null;
              }));
    }
    start.countDown();
    for (Future<?> each : running) {
      each.get(50, TimeUnit.SECONDS);
    }
  }

  private static void check(Actor<Tally, TallyEvent> tally, int senders, int events)
      throws Exception {
    Step<Tally> end =
        tally.ask(new TallyEvent.Close()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(end.snapshot().state()).isEqualTo(new Tally.Closed(senders * events));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tell_byManySenders_losesNothingAndKeepsTheirOrder(boolean onExecutor) throws Exception {
    Actor<Tally, TallyEvent> tally = Tallies.machine(SENDERS).start(actors(onExecutor));

    race(
        senders,
        SENDERS,
        sender -> {
          for (int i = 1; i <= EVENTS; i++) {
            tally.tell(new TallyEvent.Add(sender, i));
          }
        });

    check(tally, SENDERS, EVENTS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ask_byManySenders_answersEachOnce(boolean onExecutor) throws Exception {
    Actor<Tally, TallyEvent> tally = Tallies.machine(SENDERS).start(actors(onExecutor));
    AtomicInteger answered = new AtomicInteger();
    int asked = EVENTS / 4;

    race(
        senders,
        SENDERS,
        sender -> {
          for (int i = 1; i <= asked; i++) {
            Step<Tally> step = tally.ask(new TallyEvent.Add(sender, i)).toCompletableFuture().get();
            assertThat(step.outcome()).isEqualTo(new Outcome.Updated());
            assertThat(((Tally.Open) tally.snapshot().state()).lastOf().get(sender)).isEqualTo(i);
            answered.incrementAndGet();
          }
        });

    assertThat(answered).hasValue(SENDERS * asked);
    check(tally, SENDERS, asked);
  }

  @Test
  void tell_whileObserved_movesTheSignalInOrder() throws Exception {
    Actor<Tally, TallyEvent> tally = Tallies.machine(SENDERS).start(actors(false));
    List<Integer> counts = new ArrayList<>(); // not for several threads: delivery is serial
    tally
        .state()
        .subscribe(
            change -> {
              if (change.now() instanceof Tally.Open open) {
                counts.add(open.count());
              }
            });
    AtomicInteger stepped = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    tally.observe(
        notice -> {
          stepped.incrementAndGet();
          if (notice instanceof Notice.Ended<Tally>) {
            ended.countDown(); // told after the answer, perhaps by another thread
          }
        });
    int events = EVENTS / 4;

    race(
        senders,
        SENDERS,
        sender -> {
          for (int i = 1; i <= events; i++) {
            tally.tell(new TallyEvent.Add(sender, i));
          }
        });
    check(tally, SENDERS, events);

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(counts).hasSize(SENDERS * events).isSorted();
    assertThat(stepped).hasValue(SENDERS * events + 2); // closing, and the end
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stop_whileMaySend_answersOrRefusesEach(boolean onExecutor) throws Exception {
    Machine<Tally, TallyEvent> machine = Tallies.machine(SENDERS);
    Actors actors = actors(onExecutor);
    int refusedInAll = 0;
    int answeredInAll = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Actor<Tally, TallyEvent> tally = machine.start(actors);
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      int ending = round % 3;
      race(
          senders,
          SENDERS,
          sender -> {
            for (int i = 1; i <= 50; i++) {
              if (sender == 0 && i == 20) {
                end(tally, actors, ending);
              }
              ask(tally, new TallyEvent.Add(sender, i), answered, refused);
            }
          });

      assertThat(answered.get() + refused.get()).isEqualTo(SENDERS * 50);
      Tally last = tally.ended().toCompletableFuture().get(10, TimeUnit.SECONDS).state();
      int count = last instanceof Tally.Open open ? open.count() : ((Tally.Closed) last).count();
      assertThat(count).isEqualTo(answered.get());
      answeredInAll += answered.get();
      refusedInAll += refused.get();
    }
    assertThat(answeredInAll).isPositive();
    assertThat(refusedInAll).isPositive();
  }

  private static void end(Actor<Tally, TallyEvent> tally, Actors actors, int how) {
    if (how == 0) {
      tally.tell(new TallyEvent.Close());
    } else {
      tally.stop();
    }
  }

  private static void ask(
      Actor<Tally, TallyEvent> tally,
      TallyEvent.Add event,
      AtomicInteger answered,
      AtomicInteger refused)
      throws Exception {
    CompletableFuture<Step<Tally>> future = tally.ask(event).toCompletableFuture();
    try {
      if (future.orTimeout(20, TimeUnit.SECONDS).join().outcome().isTaken()) {
        answered.incrementAndGet();
      }
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(ActorStoppedException.class);
      refused.incrementAndGet();
    }
  }

  @Test
  void state_askedForWhileItMoves_isNotLeftBehind() throws Exception {
    Machine<Tally, TallyEvent> machine = Tallies.machine(1);
    Actors actors = actors(false);
    for (int round = 0; round < ROUNDS * 10; round++) {
      Actor<Tally, TallyEvent> tally = machine.start(actors);
      race(
          senders,
          2,
          sender -> {
            if (sender == 0) {
              tally.tell(new TallyEvent.Add(0, 1));
              tally.tell(new TallyEvent.Close());
            } else {
              tally.state().get();
            }
          });

      assertThat(tally.state().get()).isEqualTo(new Tally.Closed(1));
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void tell_byManyVirtualThreads_losesNothing() throws Exception {
    int count = 500;
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      Actor<Tally, TallyEvent> tally =
          Tallies.machine(count).start(Actors.on(virtual).mailbox(virtual).build());

      race(
          virtual,
          count,
          sender -> {
            for (int i = 1; i <= 20; i++) {
              tally.tell(new TallyEvent.Add(sender, i));
            }
          });

      check(tally, count, 20);
    } finally {
      virtual.shutdown();
    }
  }
}
