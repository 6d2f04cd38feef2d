package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.store.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Several threads that mutate, answer, push and cancel at once. Claimed: each mutation is settled
 * once, and what is confirmed in the end is the sum of those that were said to have taken effect.
 * How long it runs: {@code -Dstateward.soak=N} repeats it N times.
 */
final class OptimisticStressTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EACH = 1_500;
  private static final int REPEATS = Integer.getInteger("stateward.soak", 1);

  /** A mutation, and how often it was settled, by whom. */
  private record Made(Mutation<Integer> mutation, AtomicInteger settled) {}

  private final ThreadLocal<Boolean> including = ThreadLocal.withInitial(() -> false);
  private final AtomicInteger included = new AtomicInteger(); // settled by a push

  private final LoggedStore<Shelf> store =
      (LoggedStore<Shelf>) OptimisticStore.of("shelf", Shelf.of("tea", 0));
  private final LoggedStore<Shelf> other =
      (LoggedStore<Shelf>) OptimisticStore.of("other", Shelf.of("tea", 0));

  private static int savedOf(List<Made> all) {
    return (int)
        all.stream()
            .map(made -> made.mutation().stage().toCompletableFuture().join())
            .filter(WriteResult::isSaved)
            .count();
  }

  private Made mutate(MutationPlan<Shelf, Integer> plan) {
    AtomicInteger settled = new AtomicInteger();
    return new Made(
        store.mutate(
            Shelf.add("tea", 1),
            plan.onSettled(
                result -> {
                  settled.getAndIncrement();
                  included.getAndAdd(including.get() ? 1 : 0);
                })),
        settled);
  }

  @Test
  void everybodyAtOnce_sumIsThatOfWhatTookEffect() {
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      Shelf start = store.confirmed().get();
      int before = start.count("tea");
      int beforeOther = other.confirmed().get().count("tea");
      Queue<Made> open = new ConcurrentLinkedQueue<>();
      List<Made> all = new ArrayList<>();
      List<Integer> pushed = new ArrayList<>();
      Concurrently.together(
          PATIENCE,
          () -> {
            for (int i = 0; i < EACH; i++) {
              MutationPlan<Shelf, Integer> plan = Shelf.about("tea");
              plan = i % 3 == 0 ? plan.also(other, Shelf.add("tea", 1)) : plan;
              plan = i % 5 == 0 ? plan.scope(i % 2) : plan;
              plan = i % 7 == 0 ? plan.confirmedAtOnce() : plan;
              Made made = mutate(plan);
              all.add(made);
              open.add(made);
            }
          },
          () -> answer(open, 0),
          () -> answer(open, 1),
          () -> {
            for (int i = 0; i < EACH; i++) {
              store.external(shelf -> shelf.with("milk", shelf.count("milk") + 1));
              pushed.add(i);
            }
          });
      all.forEach(made -> store.acknowledge(made.mutation().id()));

      assertThat(all).allMatch(made -> made.settled().get() == 1);
      assertThat(store.confirmed().get().count("tea") - before)
          .as("what took effect, but for those that a push is said to have brought")
          .isEqualTo(savedOf(all) - included.getAndSet(0));
      assertThat(store.confirmed().get().count("milk")).isEqualTo((repeat + 1) * EACH);
      assertThat(store.log().get().isEmpty()).isTrue();
      assertThat(other.log().get().isEmpty()).isTrue();
      assertThat(other.confirmed().get().count("tea") - beforeOther)
          .isEqualTo(savedOf(everyThird(all)));
      assertThat(all).allMatch(made -> store.find(made.mutation().id()) == null);
    }
  }

  private static List<Made> everyThird(List<Made> all) {
    List<Made> third = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 3) {
      third.add(all.get(i));
    }
    return third;
  }

  private void answer(Queue<Made> open, int seed) {
    for (int i = 0; i < EACH; i++) {
      Made made = open.peek();
      if (made == null) {
        Thread.onSpinWait();
        continue;
      }
      MutationId id = made.mutation().id();
      switch ((i + seed) % 5) {
        case 0 -> store.reject(id, "no");
        case 1 -> {
          including.set(true);
          store.external(shelf -> shelf.with("milk", shelf.count("milk")), id);
          including.set(false);
        }
        default -> store.acknowledge(id);
      }
      if (i % 2 == seed) {
        open.poll();
      }
    }
  }

  @Test
  void everyDelivery_isOneOfTheStatesThatTheLogHad() {
    Map<Integer, Boolean> folds = new ConcurrentHashMap<>();
    Queue<Integer> delivered = new ConcurrentLinkedQueue<>();
    store
        .log()
        .subscribe(
            Delivery.every(),
            change -> {
              Shelf state = change.now().base();
              for (LogEntry<Shelf> entry : change.now().entries()) {
                state = entry.execute(state);
              }
              folds.put(state.count("tea"), true);
            });
    store.visible().subscribe(Delivery.every(), change -> delivered.add(change.now().count("tea")));
    Queue<Made> open = new ConcurrentLinkedQueue<>();

    Concurrently.together(
        PATIENCE,
        () -> {
          for (int i = 0; i < 300; i++) {
            open.add(mutate(Shelf.about("tea")));
          }
        },
        () -> answer(open, 0),
        () -> answer(open, 1));

    assertThat(delivered).isNotEmpty().allMatch(folds::containsKey);
  }

  @Test
  void scope_mutatedByManyThreads_isSentInTheOrderOfTheLogOneAtATime() {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      Queue<Long> sent = new ConcurrentLinkedQueue<>();
      AtomicInteger inside = new AtomicInteger();
      MutationPlan<Shelf, Integer> plan =
          Shelf.about("tea")
              .scope("tea")
              .acknowledgedBy(
                  Call.blocking(
                      executor,
                      sending -> {
                        assertThat(inside.getAndIncrement()).isZero();
                        sent.add(sending.id().number());
                        inside.getAndDecrement();
                        return "ok";
                      }));
      Queue<Made> all = new ConcurrentLinkedQueue<>();
      Runnable mutating =
          () -> {
            for (int i = 0; i < 300; i++) {
              all.add(mutate(plan));
            }
          };

      Concurrently.together(PATIENCE, mutating, mutating, mutating);

      for (Made made : all) {
        Concurrently.finish(PATIENCE, made.mutation().stage().toCompletableFuture());
      }
      assertThat(List.copyOf(sent)).hasSize(900).isSorted();
      assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 900));
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void refresh_amongMutations_endsWithAnAnswerThatIsNoOlder() {
    AtomicInteger server = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      MutationPlan<Shelf, Integer> plan =
          Shelf.about("tea")
              .acknowledgedBy(Call.blocking(executor, sent -> server.incrementAndGet()));
      List<Made> all = new ArrayList<>();
      List<Task<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        reads.add(
            store.refresh(
                Call.blocking(executor, (Shelf state) -> server.get()),
                (shelf, count) -> shelf.with("tea", count)));
        all.add(mutate(plan));
      }

      all.forEach(
          made -> Concurrently.finish(PATIENCE, made.mutation().stage().toCompletableFuture()));
      for (Task<Integer> read : reads) {
        CompletableFuture<Integer> stage = read.stage().toCompletableFuture();
        Concurrently.finish(PATIENCE, stage);
      }
      assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 200));
    } finally {
      executor.shutdownNow();
    }
  }
}
