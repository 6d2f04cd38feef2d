package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Mutations that wait for each other: those of one scope, and those that come after others. */
final class LaneTest {

  private static final int LONG = 10_000;

  private final LoggedStore<Shelf> store =
      (LoggedStore<Shelf>) OptimisticStore.of("shelf", Shelf.EMPTY);
  private final List<String> told = new ArrayList<>();

  private MutationPlan<Shelf, Integer> tellingAs(String name) {
    return Shelf.about("tea")
        .acknowledgedBy(
            Call.stage(
                sent -> {
                  told.add(name);
                  return CompletableFuture.completedFuture("ok");
                }));
  }

  @Test
  void scope_longLineOfImmediateAnswers_isSentInOrderWithoutADeepStack() {
    Mutation<Integer> blocker = store.mutate(Shelf.add("tea", 1), Shelf.about("tea").scope("s"));
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < LONG; i++) {
      int number = i;
      store.mutate(
          Shelf.add("tea", 1),
          Shelf.about("tea")
              .scope("s")
              .acknowledgedBy(
                  Call.stage(
                      sending -> {
                        sent.add(number);
                        return CompletableFuture.completedFuture("ok");
                      })));
    }
    assertThat(sent).isEmpty();

    store.acknowledge(blocker.id());

    assertThat(sent).hasSize(LONG).isSorted();
    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", LONG + 1));
    assertThat(store.pending().get()).isEmpty();
  }

  @Test
  void scope_longLineBehindAConflictFoundInAFold_goesOn() {
    store.external(shelf -> shelf.with("milk", 1));
    store.mutate(Shelf.edit("milk", 2), Shelf.about("milk").scope("s"));
    for (int i = 0; i < 2_000; i++) {
      store.mutate(Shelf.add("tea", 1), tellingAs("tea").scope("s"));
    }

    store.external(shelf -> shelf.without("milk"));

    assertThat(told).hasSize(2_000);
    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 2_000));
  }

  @Test
  void after_longChainOfImmediateAnswers_isSentInOrderWithoutADeepStack() {
    Mutation<Integer> blocker = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    Mutation<Integer> latest = blocker;
    for (int i = 0; i < LONG; i++) {
      latest = store.mutate(Shelf.add("tea", 1), tellingAs("tea").after(latest.id()));
    }

    store.acknowledge(blocker.id());

    assertThat(told).hasSize(LONG);
    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", LONG + 1));
    assertThat(store.pending().get()).isEmpty();
  }

  @Test
  void after_rejected_rejectsTheWholeChainUnsent() {
    Mutation<Integer> first = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    Mutation<Integer> latest = first;
    for (int i = 0; i < 2_000; i++) {
      latest = store.mutate(Shelf.add("tea", 1), tellingAs("tea").after(latest.id()));
    }

    store.reject(first.id(), "no");

    assertThat(told).isEmpty();
    assertThat(latest.stage().toCompletableFuture())
        .isCompletedWithValueMatching(result -> result instanceof WriteResult.Rejected);
    assertThat(store.visible().get()).isEqualTo(Shelf.EMPTY);
  }

  @Test
  void after_oneThatWasCancelledBefore_isRejectedUnsent() {
    Mutation<Integer> earlier = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    earlier.cancel();

    Mutation<Integer> later =
        store.mutate(Shelf.add("tea", 1), tellingAs("later").after(earlier.id()));

    assertThat(told).isEmpty();
    assertThat(later.stage().toCompletableFuture())
        .isCompletedWithValueMatching(result -> result instanceof WriteResult.Rejected);
  }

  @Test
  void after_oneThatWasRejectedLongBefore_isRejectedUnsent() {
    Mutation<Integer> earlier = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    store.reject(earlier.id(), "no");
    for (int i = 0; i < OptimisticStore.DEAD_LETTERS; i++) {
      store.reject(store.mutate(Shelf.add("tea", 1), Shelf.about("tea")).id(), "no");
    }

    store.mutate(Shelf.add("tea", 1), tellingAs("later").after(earlier.id()));

    assertThat(told).isEmpty();
  }

  @Test
  void scope_mutatedInOnMutate_isSentAfterTheOneThatIsBeingMade() {
    MutationPlan<Shelf, Integer> inner =
        tellingAs("inner sent").scope("s").onMutate(id -> told.add("inner made"));
    store.mutate(
        Shelf.add("tea", 1),
        tellingAs("outer sent")
            .scope("s")
            .onMutate(
                id -> {
                  store.mutate(Shelf.add("tea", 1), inner);
                  told.add("outer made");
                }));

    assertThat(told).containsExactly("inner made", "outer made", "outer sent", "inner sent");
  }

  @Test
  void close_whileOthersWaitInTheScope_sendsNoneOfThem() {
    store.mutate(Shelf.add("tea", 1), Shelf.about("tea").scope("s"));
    for (int i = 0; i < 10; i++) {
      store.mutate(Shelf.add("tea", 1), tellingAs("sent").scope("s"));
    }

    store.close();

    assertThat(told).isEmpty();
  }

  @Test
  void cancel_inTheMiddleOfTheLine_sendsTheNextOne() {
    Mutation<Integer> first = store.mutate(Shelf.add("tea", 1), Shelf.about("tea").scope("s"));
    Mutation<Integer> second = store.mutate(Shelf.add("tea", 1), tellingAs("second").scope("s"));
    store.mutate(Shelf.add("tea", 1), tellingAs("third").scope("s"));

    second.cancel();
    assertThat(told).isEmpty();
    first.cancel();

    assertThat(told).containsExactly("third");
    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1));
  }

  @Test
  void onMutate_thatCancels_sendsNothingAndLetsTheNextGo() {
    AtomicReference<Runnable> cancel = new AtomicReference<>();
    Mutation<Integer> first = store.mutate(Shelf.add("tea", 1), Shelf.about("tea").scope("s"));
    cancel.set(first::cancel);
    store.mutate(
        Shelf.add("tea", 1), tellingAs("second").scope("s").onMutate(id -> cancel.get().run()));

    assertThat(told).containsExactly("second");
  }
}
