package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Backoff;
import io.stateward.statemachine.Jobs.Job;
import io.stateward.statemachine.Jobs.JobEvent;
import io.stateward.statemachine.Lamps.Lamp;
import io.stateward.statemachine.Lamps.LampEvent;
import io.stateward.statemachine.Lamps.World;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ActorInvokeTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final Actors inline = Actors.on(Runnable::run).timekeeper(time).build();
  private final Actors pooled = Actors.on(pool).timekeeper(time).build();
  private final List<CompletableFuture<String>> futures = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  private CompletableFuture<String> future(String input, InvokeContext run) {
    CompletableFuture<String> future = new CompletableFuture<>();
    futures.add(future);
    told.add(input + " " + run.attempt());
    return future;
  }

  private Machine<Job, JobEvent> staged() {
    return Jobs.machine(
        s ->
            Jobs.ends(
                s.<String>invokeStage("work", (running, run) -> future(running.input(), run))));
  }

  private Actor<Job, JobEvent> running(Machine<Job, JobEvent> machine, Actors actors) {
    Actor<Job, JobEvent> job = machine.start(actors);
    job.tell(new JobEvent.Run("a"));
    return job;
  }

  @Test
  void invokeStage_completes_leadsOnWithItsResult() {
    Actor<Job, JobEvent> job = running(staged(), inline);
    job.tell(new JobEvent.Hear());
    assertThat(job.snapshot().invocations()).hasSize(1);

    futures.get(0).complete("b");

    assertThat(job.state().get()).isEqualTo(new Job.Done("b 1"));
    assertThat(job.snapshot().invocations()).isEmpty();
  }

  @Test
  void invokeStage_failsOrThrows_leadsToItsError() {
    Actor<Job, JobEvent> failing = running(staged(), inline);
    futures.get(0).completeExceptionally(new IllegalStateException("no"));
    assertThat(failing.state().get()).isEqualTo(new Job.Dead("no"));

    Machine<Job, JobEvent> throwing =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.<String>invokeStage(
                        "work",
                        (running, run) -> {
                          throw new IllegalStateException("at once");
                        })));
    assertThat(running(throwing, inline).state().get()).isEqualTo(new Job.Dead("at once"));
  }

  @Test
  void invokeStage_stateIsLeft_cancelsTheFutureAndDropsWhatComesLate() {
    Actor<Job, JobEvent> job = running(staged(), inline);
    List<String> cancelled = new ArrayList<>();
    futures.get(0).whenComplete((value, failure) -> cancelled.add("first"));

    job.tell(new JobEvent.Cancel());
    assertThat(futures.get(0)).isCancelled();
    assertThat(cancelled).containsExactly("first");
    job.tell(new JobEvent.Run("b"));
    futures.get(0).obtrudeValue("late");
    futures.get(1).complete("c");

    assertThat(job.state().get()).isEqualTo(new Job.Done("c 0"));
  }

  @Test
  void invoke_neverEnds_isInterruptedWhenTheStateIsLeft() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Machine<Job, JobEvent> endless =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.<String>invoke(
                        "work",
                        running -> {
                          began.countDown();
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            interrupted.countDown();
                          }
                          return "late";
                        })));
    Actor<Job, JobEvent> job = running(endless, pooled);
    began.await();

    job.tell(new JobEvent.Cancel());

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(job.snapshot().state()).isEqualTo(new Job.Idle());
  }

  @Test
  void stop_workUnderWay_isCancelled() {
    Actor<Job, JobEvent> job = running(staged(), inline);

    job.stop();

    assertThat(futures.get(0)).isCancelled();
    assertThat(job.snapshot().state()).isEqualTo(new Job.Running("a", 0));
  }

  @Test
  void timeout_isOverAllAttemptsTogether() {
    Machine<Job, JobEvent> limited =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.<String>invokeStage("work", (running, run) -> future(running.input(), run))
                        .timeout(Duration.ofSeconds(10))
                        .retry(9, Backoff.fixed(Duration.ofSeconds(4)))));
    Actor<Job, JobEvent> job = running(limited, inline);
    futures.get(0).completeExceptionally(new IllegalStateException("1"));
    time.advance(Duration.ofSeconds(4));
    futures.get(1).completeExceptionally(new IllegalStateException("2"));
    time.advance(Duration.ofSeconds(4));
    assertThat(told).containsExactly("a 1", "a 2", "a 3");

    time.advance(Duration.ofSeconds(2));

    assertThat(job.state().get()).isEqualTo(new Job.Late());
    assertThat(futures.get(2)).isCancelled();
    assertThat(time.pending()).isZero();
  }

  @Test
  void retry_attempts_haveOneKey() {
    List<String> keys = new ArrayList<>();
    Machine<Job, JobEvent> retried =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.<String>invoke(
                            "work",
                            (running, run) -> {
                              keys.add(run.key());
                              if (run.attempt() < 3) {
                                throw new java.io.IOException("try " + run.attempt());
                              }
                              return "third";
                            })
                        .retry(3, Backoff.fixed(Duration.ofSeconds(1)))));
    Actor<Job, JobEvent> job = running(retried, inline);
    time.advance(Duration.ofSeconds(2));
    assertThat(job.state().get()).isEqualTo(new Job.Done("third 0"));
    assertThat(keys).hasSize(3).containsOnly(job.id() + "/0/work");
  }

  @Test
  void heartbeat_silence_isATimeout() {
    List<InvokeContext> runs = new ArrayList<>();
    Machine<Job, JobEvent> beating =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.<String>invokeStage(
                            "work",
                            (running, run) -> {
                              runs.add(run);
                              return future(running.input(), run);
                            })
                        .heartbeat(Duration.ofSeconds(5))));
    Actor<Job, JobEvent> job = running(beating, inline);
    for (int i = 0; i < 5; i++) {
      time.advance(Duration.ofSeconds(4));
      runs.get(0).heartbeat();
    }
    assertThat(job.state().get()).isEqualTo(new Job.Running("a", 0));
    assertThat(time.pending()).isOne();

    time.advance(Duration.ofSeconds(5));

    assertThat(job.state().get()).isEqualTo(new Job.Late());
    assertThat(runs.get(0).cancellation().isCancelled()).isTrue();
    assertThat(time.pending()).isZero();
  }

  @Test
  void invoke_executorRefuses_isAnError() {
    Actors refusing =
        Actors.on(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build();
    Machine<Job, JobEvent> blocking =
        Jobs.machine(s -> Jobs.ends(s.<String>invoke("work", running -> "never")));

    assertThat(running(blocking, refusing).snapshot().state()).isEqualTo(new Job.Dead("full"));
  }

  @Test
  void invoke_endsWhileEventsWait_comesFirst() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Machine<Job, JobEvent> machine =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.entry(
                            "hold",
                            running -> {
                              entered.countDown();
                              release.await();
                            })
                        .<String>invokeStage(
                            "work", (running, run) -> CompletableFuture.completedFuture("b"))));
    Actor<Job, JobEvent> job = machine.start(inline);
    pool.execute(() -> job.tell(new JobEvent.Run("a")));
    entered.await();
    job.tell(new JobEvent.Hear());
    CompletableFuture<Step<Job>> heard = job.ask(new JobEvent.Hear()).toCompletableFuture();

    release.countDown();

    assertThat(heard.get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Ignored.class);
    assertThat(job.snapshot().state()).isEqualTo(new Job.Done("b 0"));
  }

  private Machine<Job, JobEvent> parent(Machine<Lamp, LampEvent> child) {
    return Jobs.machine(
        s ->
            s.invokeMachine("lamp", child, running -> null)
                .onDone(Job.Done.class, (running, lamp) -> new Job.Done(lamp.toString()))
                .onError(Job.Dead.class, (running, e) -> new Job.Dead(e.getMessage())));
  }

  /** A lamp that is lit at once, and breaks after a minute. */
  private Machine<Lamp, LampEvent> shortLived() {
    return Machine.define("short-lived", Lamp.class, LampEvent.class)
        .initial(new Lamp.Lit(1))
        .in(
            Lamp.Lit.class,
            s ->
                s.entry("lit", (lit, key) -> told.add(key))
                    .after(Duration.ofMinutes(1))
                    .to(Lamp.Broken.class, lit -> new Lamp.Broken()))
        .finals(Lamp.Broken.class)
        .build();
  }

  @Test
  void invokeMachine_comesToItsEnd_isTheResult() {
    Actor<Job, JobEvent> job = running(parent(shortLived()), inline);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith(job.id() + "/0/lamp/").endsWith("/lit");

    time.advance(Duration.ofMinutes(1));

    assertThat(job.state().get()).isEqualTo(new Job.Done("Broken[]"));
  }

  @Test
  void invokeMachine_stateIsLeft_stopsTheChild() {
    Actor<Job, JobEvent> job = running(parent(shortLived()), inline);
    assertThat(time.pending()).isOne();

    job.tell(new JobEvent.Cancel());

    assertThat(time.pending()).isZero();
  }

  @Test
  void close_actorsWithAChild_isNoFailureOfTheChild() {
    for (int i = 0; i < 20; i++) { // those who wait are closed in any order
      Actors each = Actors.on(Runnable::run).timekeeper(time).build();
      Actor<Job, JobEvent> job = running(parent(shortLived()), each);

      each.close();

      assertThat(job.snapshot().state()).isEqualTo(new Job.Running("a", 0));
      assertThat(job.isStopped()).isTrue();
    }
  }

  @Test
  void invokeMachine_cannotStart_isAnError() {
    Machine<Lamp, LampEvent> faulty =
        Machine.define("faulty", Lamp.class, LampEvent.class)
            .initial(Lamp.Lit.class, String.class, input -> new Lamp.Lit(input.length()))
            .build();

    Actor<Job, JobEvent> job = running(parent(faulty), inline);

    assertThat(job.state().get()).isInstanceOf(Job.Dead.class);
    assertThat(((Job.Dead) job.state().get()).why()).contains("faulty");
  }

  @Test
  void start_byAnAction_isAnActorOfItsOwn() {
    List<Actor<Lamp, LampEvent>> children = new ArrayList<>();
    Machine<Job, JobEvent> spawning =
        Jobs.machine(
            s ->
                Jobs.ends(
                    s.entry(
                            "spawn",
                            running ->
                                children.add(Lamps.machine(World.telling(told::add)).start(inline)))
                        .<String>invokeStage("work", (running, run) -> future("b", run))));
    Actor<Job, JobEvent> job = running(spawning, inline);
    children.get(0).tell(new LampEvent.Switch());

    job.stop();

    assertThat(children.get(0).isStopped()).isFalse();
    assertThat(told).contains("lit 1");
  }
}
