package io.stateward.optimistic;

import static io.stateward.optimistic.OptimisticSubjects.add;
import static io.stateward.optimistic.OptimisticSubjects.confirmed;
import static io.stateward.optimistic.OptimisticSubjects.visible;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.store.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 4 and 5: what a plan says. */
interface PlanRules extends OptimisticSubjects {

  /** A call that is answered by its index. */
  final class Answers {
    final List<Sending<Integer>> sent = new ArrayList<>();
    final List<CompletableFuture<WriteResult<Integer>>> futures = new ArrayList<>();

    Call<Sending<Integer>, WriteResult<Integer>> call() {
      return Call.stage(
          sending -> {
            sent.add(sending);
            futures.add(new CompletableFuture<>());
            return futures.get(futures.size() - 1);
          });
    }

    void answer(int index, WriteResult<Integer> result) {
      futures.get(index).complete(result);
    }
  }

  @Test
  @DisplayName("4.1 in a conflict that the server wins, its state stands and the mutation is kept")
  default void rule4_1_serverWins() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    Mutation<Integer> mutation =
        store.mutate(Shelf.add("tea", 2), Shelf.about("tea").answeredBy(answers.call()));

    answers.answer(0, new WriteResult.Conflict<>(10));

    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Conflict<>(10));
    assertThat(visible(store)).isEqualTo(10);
    assertThat(store.deadLetters().get()).hasSize(1);
  }

  @Test
  @DisplayName("4.2 in a conflict that this side wins, the command is sent on the server's state")
  default void rule4_2_mineWins() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    store.mutate(
        Shelf.add("tea", 2),
        Shelf.about("tea").answeredBy(answers.call()).onConflict(Resolution.keepMine()));

    answers.answer(0, new WriteResult.Conflict<>(10));

    assertThat(answers.sent)
        .extracting(Sending::attempt, Sending::base, Sending::mine)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 1, 3),
            org.assertj.core.groups.Tuple.tuple(2, 10, 12));
    answers.answer(1, new WriteResult.Saved<>(12));
    assertThat(confirmed(store)).isEqualTo(12);
  }

  @Test
  @DisplayName("4.3 while somebody is asked the rest goes on, and the decision is sent")
  default void rule4_3_askedWhileTheRestGoesOn() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    CompletableFuture<Choice<Integer>> choice = new CompletableFuture<>();
    List<Dispute<Integer>> asked = new ArrayList<>();
    store.mutate(
        Shelf.add("tea", 2),
        Shelf.about("tea")
            .answeredBy(answers.call())
            .onConflict(
                Resolution.ask(
                    dispute -> {
                      asked.add(dispute);
                      return choice;
                    })));
    answers.answer(0, new WriteResult.Conflict<>(10));
    store.acknowledge(add(store, 100).id());

    choice.complete(Choice.merged(7));

    assertThat(asked)
        .extracting(Dispute::base, Dispute::mine, Dispute::theirs)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 3, 10));
    assertThat(answers.sent.get(1).mine()).isEqualTo(7);
    assertThat(visible(store)).isEqualTo(107);
  }

  @Test
  @DisplayName("5.1 callbacks come once each, in order")
  default void rule5_1_callbacksInOrder() {
    OptimisticStore<Shelf> store = holdingTea();
    List<String> told = new ArrayList<>();
    MutationPlan<Shelf, Integer> plan =
        Shelf.about("tea")
            .onMutate(id -> told.add("mutate " + visible(store)))
            .onError(result -> told.add("error " + visible(store)))
            .onSettled(result -> told.add("settled"));

    store.reject(store.mutate(Shelf.add("tea", 2), plan).id(), "no");
    store.acknowledge(store.mutate(Shelf.add("tea", 4), plan).id());

    assertThat(told).containsExactly("mutate 3", "error 1", "settled", "mutate 5", "settled");
  }

  @Test
  @DisplayName("5.2 mutations of one scope are sent one after the other")
  default void rule5_2_scopeIsALine() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    MutationPlan<Shelf, Integer> plan = Shelf.about("tea").answeredBy(answers.call()).scope("tea");
    store.mutate(Shelf.add("tea", 2), plan);
    store.mutate(Shelf.add("tea", 4), plan);
    assertThat(answers.sent).hasSize(1);
    assertThat(visible(store)).isEqualTo(7);

    answers.answer(0, new WriteResult.Saved<>(3));

    assertThat(answers.sent).extracting(Sending::base).containsExactly(1, 3);
  }

  @Test
  @DisplayName("5.3 a mutation that is not answered in time is what its plan says")
  default void rule5_3_timeOut() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tea", 2),
            Shelf.about("tea")
                .answeredBy(answers.call())
                .timeout(Duration.ofSeconds(10), Unanswered.askAgain(1).thenDrop()));

    time().advance(Duration.ofSeconds(10));
    assertThat(answers.sent).extracting(Sending::attempt).containsExactly(1, 2);
    time().advance(Duration.ofSeconds(10));

    assertThat(mutation.isSettled()).isTrue();
    assertThat(visible(store)).isEqualTo(1);
    assertThat(store.deadLetters().get())
        .extracting(DeadLetter::kind)
        .containsExactly(DeadLetter.Kind.UNANSWERED);
  }

  @Test
  @DisplayName("5.4 one that follows another is sent after it, and rejected with it")
  default void rule5_4_following() {
    OptimisticStore<Shelf> store = holdingTea();
    Answers answers = new Answers();
    Mutation<Integer> first = add(store, 2);
    Mutation<Integer> second =
        store.mutate(
            Shelf.add("tea", 4), Shelf.about("tea").answeredBy(answers.call()).after(first.id()));
    assertThat(answers.sent).isEmpty();

    store.reject(first.id(), "no");

    assertThat(answers.sent).isEmpty();
    assertThat(second.isSettled()).isTrue();
    assertThat(visible(store)).isEqualTo(1);
  }

  @Test
  @DisplayName("5.5 a read that a mutation has passed does not count, and begins again")
  default void rule5_5_passedReadBeginsAgain() {
    OptimisticStore<Shelf> store = holdingTea();
    List<CompletableFuture<Integer>> reads = new ArrayList<>();
    Task<Integer> read =
        store.refresh(
            Call.stage(
                state -> {
                  reads.add(new CompletableFuture<>());
                  return reads.get(reads.size() - 1);
                }),
            (shelf, count) -> shelf.with("tea", count));
    Mutation<Integer> mutation = add(store, 2);
    reads.get(0).complete(1);
    assertThat(visible(store)).isEqualTo(3);
    assertThat(read.isDone()).isFalse();

    store.acknowledge(mutation.id());
    reads.get(1).complete(4);

    assertThat(confirmed(store)).isEqualTo(4);
    assertThat(read.isDone()).isTrue();
  }

  @Test
  @DisplayName("5.6 a mutation over two stores shows and is taken back in both")
  default void rule5_6_twoStores() {
    OptimisticStore<Shelf> store = holdingTea();
    OptimisticStore<Shelf> other = OptimisticStore.of("other", Shelf.EMPTY);
    MutationPlan<Shelf, Integer> plan = Shelf.about("tea").also(other, Shelf.add("tea", 1));
    Mutation<Integer> first = store.mutate(Shelf.add("tea", 2), plan);
    Mutation<Integer> second = store.mutate(Shelf.add("tea", 4), plan);
    assertThat(visible(other)).isEqualTo(2);

    store.reject(first.id(), "no");
    store.acknowledge(second.id());

    assertThat(confirmed(store)).isEqualTo(5);
    assertThat(confirmed(other)).isEqualTo(1);
  }
}
