package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many threads that ask for few keys, wait, or give up.
 *
 * <p>Claimed: who does not give up gets a result, of its own key, that was not there yet when it
 * asked; a run is cancelled only if everybody gave up; in the end nothing is kept.
 */
final class SingleFlightStressTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CALLERS = 4;
  private static final int CALLS = 5_000;
  private static final int KEYS = 3;
  private static final int ROUNDS = 3_000;

  /** A load that was asked for; the result says when it came. */
  private record Load(int key, CompletableFuture<Result> result, AtomicBoolean isHeardOf) {
    Load(int key) {
      this(key, new CompletableFuture<>(), new AtomicBoolean());
    }
  }

  private record Result(int key, long number) {}

  private final Queue<Load> loads = new ConcurrentLinkedQueue<>();
  private final AtomicLong finished = new AtomicLong(); // the number of the last result that is out
  private final AtomicInteger callersLeft = new AtomicInteger(CALLERS);
  private final ThreadLocal<Load> started = new ThreadLocal<>();
  private final SingleFlight<Integer, Result> flight =
      SingleFlight.of(
          "stress",
          Call.stage(
              key -> {
                Load load = new Load(key);
                started.set(load);
                loads.add(load);
                return load.result();
              }));

  private volatile CompletableFuture<Integer> ending = new CompletableFuture<>();

  @Test
  void start_byManyThreads_keepsItsPromises() {
    List<Runnable> racers = new ArrayList<>();
    IntStream.range(0, CALLERS).forEach(n -> racers.add(() -> call(new Random(n))));
    racers.add(this::answer);

    Concurrently.together(PATIENCE, racers.toArray(Runnable[]::new));

    assertThat(flight.size()).isZero();
  }

  private void call(Random random) {
    try {
      for (int i = 0; i < CALLS; i++) {
        int key = random.nextInt(KEYS);
        long before = finished.get();
        Task<Result> task = flight.start(key);
        Load mine = started.get();
        if (mine != null) {
          mine.isHeardOf().set(true);
        }
        if (random.nextInt(4) == 0) {
          boolean gaveUp = task.cancel();
          assertThat(task.await() instanceof Outcome.Cancelled).isEqualTo(gaveUp);
        } else {
          Outcome<Result> outcome = task.await();
          assertThat(outcome).isInstanceOf(Outcome.Done.class);
          assertThat(outcome.orThrow().key()).isEqualTo(key);
          assertThat(outcome.orThrow().number()).isGreaterThan(before);
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      callersLeft.decrementAndGet();
    }
  }

  private void answer() {
    long number = 0;
    while (callersLeft.get() > 0) {
      Load load = loads.poll();
      if (load == null) {
        Thread.onSpinWait();
      } else {
        number++;
        while (!load.isHeardOf()
            .get()) { // or else its starter would be the one to pass it on, later
          Thread.onSpinWait();
        }
        load.result().complete(new Result(load.key(), number));
        finished.set(number);
      }
    }
    loads.forEach(load -> load.result().complete(new Result(load.key(), 0)));
  }

  @Test
  void cancel_byAllAtOnce_cancelsTheRunOnce() {
    for (int round = 0; round < 2_000; round++) {
      List<Task<Result>> tasks = IntStream.range(0, 3).mapToObj(i -> flight.start(0)).toList();
      AtomicInteger gaveUp = new AtomicInteger();

      Runnable[] racers =
          tasks.stream()
              .map(
                  task ->
                      (Runnable)
                          () -> {
                            if (task.cancel()) {
                              gaveUp.incrementAndGet();
                            }
                          })
              .toArray(Runnable[]::new);
      Concurrently.together(PATIENCE, racers);

      assertThat(gaveUp).hasValue(3);
      assertThat(loads.remove().result()).isCancelled();
      assertThat(loads).isEmpty();
      assertThat(flight.size()).isZero();
    }
  }

  @Test
  void onEnd_byManyWhileItEnds_tellsEachOnce() {
    SingleFlight<Integer, Integer> single = SingleFlight.of("told", Call.stage(key -> ending));
    for (int round = 0; round < ROUNDS; round++) {
      ending = new CompletableFuture<>();
      Task<Integer> task = single.start(round);
      AtomicInteger told = new AtomicInteger();
      Runnable ask =
          () -> {
            task.onEnd(end -> told.incrementAndGet());
            task.stage().thenRun(told::incrementAndGet);
            task.onEnd(end -> told.incrementAndGet());
          };

      Concurrently.together(PATIENCE, ask, ask, () -> ending.complete(1));

      assertThat(told).hasValue(6);
    }
  }

  @Test
  void start_whileTheLastGivesUp_isNeverGivenUpWithIt() {
    Runnable comesAndGoes =
        () -> {
          for (int i = 0; i < 100_000; i++) {
            Task<Result> task = flight.start(0);
            if (task.isDone() || !task.cancel()) { // nothing is answered, and this one wants it
              throw new AssertionError("Task %d ended by itself.".formatted(i));
            }
            loads.poll();
          }
        };

    Concurrently.together(PATIENCE, comesAndGoes, comesAndGoes, comesAndGoes);

    assertThat(flight.size()).isZero();
  }

  @Test
  void start_blockingLoad_runsOncePerRound() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(CALLERS + 1);
    try {
      CountDownLatch asked = new CountDownLatch(CALLERS);
      AtomicInteger loaded = new AtomicInteger();
      SingleFlight<String, Integer> blocking =
          SingleFlight.of(
              "blocking",
              Call.blocking(
                  pool,
                  key -> {
                    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                    return loaded.incrementAndGet();
                  }));
      Runnable asks =
          () -> {
            Task<Integer> task = blocking.start("key");
            asked.countDown();
            try {
              assertThat(task.await()).isEqualTo(new Outcome.Done<>(1));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          };

      Concurrently.together(PATIENCE, asks, asks, asks, asks);

      assertThat(loaded).hasValue(1);
    } finally {
      pool.shutdownNow();
    }
  }
}
