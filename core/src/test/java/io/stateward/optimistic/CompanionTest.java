package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mutations over two stores. */
final class CompanionTest {

  private final OptimisticStore<Shelf> first =
      OptimisticStore.over("first", Shelf.of("tea", 1)).origin("a").open();
  private final OptimisticStore<Shelf> second =
      OptimisticStore.over("second", Shelf.of("tea", 1)).origin("b").open();
  private final List<String> told = new ArrayList<>();

  private MutationPlan<Shelf, Integer> both() {
    return Shelf.about("tea").also(second, Shelf.add("tea", 1));
  }

  private static int visible(OptimisticStore<Shelf> store) {
    return store.visible().get().count("tea");
  }

  private static int confirmed(OptimisticStore<Shelf> store) {
    return store.confirmed().get().count("tea");
  }

  private void verifyIdle() {
    for (OptimisticStore<Shelf> store : List.of(first, second)) {
      assertThat(store.pending().get()).isEmpty();
      assertThat(store.confirmed().get()).isSameAs(store.visible().get());
    }
  }

  @Test
  void acknowledge_amongMutationsOfTheOtherStore_confirmsInBoth() {
    List<Mutation<Integer>> own = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      own.add(second.mutate(Shelf.add("tea", 10), Shelf.about("tea")));
    }
    Mutation<Integer> shared = first.mutate(Shelf.add("tea", 1), both());

    first.acknowledge(shared.id());
    own.forEach(mutation -> second.acknowledge(mutation.id()));

    verifyIdle();
    assertThat(confirmed(first)).isEqualTo(2);
    assertThat(confirmed(second)).isEqualTo(32);
  }

  @Test
  void reject_amongMutationsOfTheOtherStore_takesBackInBoth() {
    Mutation<Integer> shared = first.mutate(Shelf.add("tea", 1), both());
    Mutation<Integer> own = second.mutate(Shelf.add("tea", 10), Shelf.about("tea"));
    Mutation<Integer> again = first.mutate(Shelf.add("tea", 1), both());

    first.reject(again.id(), "no");
    first.reject(shared.id(), "no");
    second.acknowledge(own.id());

    verifyIdle();
    assertThat(confirmed(first)).isEqualTo(1);
    assertThat(confirmed(second)).isEqualTo(11);
  }

  @Test
  void mutate_refusedByTheOtherStore_hasNotHappenedAndCallsNobody() {
    MutationPlan<Shelf, Integer> plan =
        Shelf.about("tea")
            .scope("s")
            .onMutate(id -> told.add("mutate"))
            .onError(result -> told.add("error"))
            .onSettled(result -> told.add("settled"));

    assertThatThrownBy(
            () -> first.mutate(Shelf.add("tea", 1), plan.also(second, Shelf.edit("milk", 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no milk");

    assertThat(told).isEmpty();
    verifyIdle();
    assertThat(visible(first)).isEqualTo(1);
    Mutation<Integer> next = first.mutate(Shelf.add("tea", 1), plan);
    first.acknowledge(next.id());
    assertThat(told).containsExactly("mutate", "settled");
  }

  @Test
  void also_theSameStoreTwice_executesBothAndSettlesBoth() {
    Mutation<Integer> one =
        first.mutate(Shelf.add("tea", 1), both().also(second, Shelf.add("tea", 5)));
    assertThat(visible(second)).isEqualTo(7);

    first.acknowledge(one.id());

    verifyIdle();
    assertThat(confirmed(second)).isEqualTo(7);
  }

  @Test
  void close_ofTheOtherStore_takesTheMutationOutOfTheFirst() {
    Mutation<Integer> shared = first.mutate(Shelf.add("tea", 1), both());
    second.close();

    assertThat(shared.isSettled()).isTrue();
    assertThat(first.pending().get()).isEmpty();
    assertThat(visible(first)).isEqualTo(1);
  }

  @Test
  void close_ofTheFirstStore_takesTheMutationOutOfTheOther() {
    first.mutate(Shelf.add("tea", 1), both());
    first.close();

    assertThat(second.pending().get()).isEmpty();
    assertThat(visible(second)).isEqualTo(1);
  }

  @Test
  void pushIntoTheOther_thatItsShareCannotStandOn_settlesAsConflictInBoth() {
    Mutation<Integer> shared =
        first.mutate(Shelf.add("tea", 1), Shelf.about("tea").also(second, Shelf.edit("tea", 9)));

    second.external(shelf -> shelf.without("tea"));

    assertThat(shared.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Conflict<>(1));
    verifyIdle();
    assertThat(first.deadLetters().get()).hasSize(1);
  }

  @Test
  void external_includingTheMutation_confirmsInBoth() {
    Mutation<Integer> shared = first.mutate(Shelf.add("tea", 1), both());

    first.external(shelf -> shelf.with("tea", 2), shared.id());

    verifyIdle();
    assertThat(confirmed(first)).isEqualTo(2);
    assertThat(confirmed(second)).isEqualTo(2);
    assertThat(shared.isSettled()).isTrue();
  }

  @Test
  void refreshOfTheOther_passedByASharedMutation_readsAgain() {
    List<CompletableFuture<Integer>> reads = new ArrayList<>();
    Task<Integer> read =
        second.refresh(
            Call.stage(
                state -> {
                  reads.add(new CompletableFuture<>());
                  return reads.get(reads.size() - 1);
                }),
            (shelf, count) -> shelf.with("tea", count));
    Mutation<Integer> shared = first.mutate(Shelf.add("tea", 1), both());
    first.acknowledge(shared.id());

    reads.get(0).complete(1); // what was there before the mutation

    assertThat(confirmed(second)).isEqualTo(2);
    assertThat(reads).hasSize(2);
    reads.get(1).complete(2);
    assertThat(read.isDone()).isTrue();
  }
}
