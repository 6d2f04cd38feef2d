package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Call;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Reports;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Answers in the corners: what was given up, removed, created, or answered in odd places. */
final class SettlementTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final OptimisticStore<Shelf> store =
      OptimisticStore.over("shelf", Shelf.of("tea", 1)).timekeeper(time).open();

  private int visible() {
    return store.visible().get().count("tea");
  }

  @Test
  void push_thatMoreMutationsCannotStandOnThanLettersAreKept_settlesAll() {
    List<Mutation<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 3 * OptimisticStore.DEAD_LETTERS; i++) {
      all.add(store.mutate(Shelf.edit("tea", i), Shelf.about("tea")));
    }

    store.external(shelf -> shelf.without("tea"));

    assertThat(all).allMatch(Mutation::isSettled);
    assertThat(store.deadLetters().get()).hasSize(OptimisticStore.DEAD_LETTERS);
  }

  @Test
  void acknowledgedBy_removalOfWhatIsNotConfirmed_isAcknowledged() {
    Mutation<Integer> created = store.mutate(Shelf.add("milk", 1), Shelf.about("milk"));

    Mutation<Integer> removed =
        store.mutate(
            Shelf.remove("milk"),
            Shelf.about("milk")
                .acknowledgedBy(Call.stage(sent -> CompletableFuture.completedFuture("ok"))));

    assertThat(store.deadLetters().get()).isEmpty();
    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1));
    assertThat(removed.isSettled()).isTrue();
    store.acknowledge(created.id());
    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 1));
  }

  @Test
  void creates_commandThatKnowsNothingOfIds_dependantsAreGivenTheRealId() {
    CompletableFuture<WriteResult<String>> answer = new CompletableFuture<>();
    MutationPlan<Shelf, String> creating =
        MutationPlan.<Shelf, String>about(
                shelf -> shelf.items().containsKey("tmp") ? "tmp" : null,
                (shelf, name) -> shelf.with(name, 1))
            .answeredBy(Call.stage(sent -> answer))
            .creates("tmp", name -> name);
    store.mutate(Shelf.add("tmp", 1), creating);
    Mutation<Integer> edited =
        store.mutate(
            Command.withIds("edit", (shelf, ids) -> Shelf.edit(ids.real("tmp"), 5).apply(shelf)),
            Shelf.about("milk"));

    answer.complete(new WriteResult.Saved<>("milk"));

    assertThat(store.deadLetters().get()).isEmpty();
    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1).with("milk", 5));
    store.acknowledge(edited.id());
    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 1).with("milk", 5));
  }

  @Test
  void creates_acknowledgedInItsPlace_dependantsAreGivenTheRealId() {
    MutationPlan<Shelf, Integer> creating =
        Shelf.about("tmp")
            .answeredBy(Call.stage(sent -> new CompletableFuture<>()))
            .creates("tmp", count -> "milk");
    Mutation<Integer> created = store.mutate(Shelf.add("tmp", 1), creating);
    store.mutate(
        Command.withIds("edit", (shelf, ids) -> Shelf.edit(ids.real("tmp"), 5).apply(shelf)),
        Shelf.about("milk"));

    store.reject(created.id(), "no");

    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1));
    assertThat(store.deadLetters().get()).hasSize(2);
  }

  @Test
  void stage_askedTwice_isTheSame() {
    Mutation<Integer> mutation = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));

    assertThat((Object) mutation.stage()).isSameAs(mutation.stage());
  }

  @Test
  void acknowledge_lateAfterATimeOutThatEndedAsConflict_isConfirmed() {
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tea", 1), Shelf.about("tea").timeout(SECOND, Unanswered.conflict()));
    time.advance(SECOND);
    assertThat(visible()).isEqualTo(1);

    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.LATE);

    assertThat(store.confirmed().get().count("tea")).isEqualTo(2);
    assertThat(store.acknowledge(mutation.id())).isEqualTo(Settlement.DUPLICATE);
    assertThat(visible()).isEqualTo(2);
  }

  @Test
  void conflict_asOftenAsIsAllowed_confirmsWhatTheServerHadLast() {
    List<Integer> sent = new ArrayList<>();
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tea", 1),
            Shelf.about("tea")
                .answeredBy(
                    Call.stage(
                        sending -> {
                          sent.add(sending.attempt());
                          return CompletableFuture.completedFuture(
                              new WriteResult.Conflict<>(100 + sending.attempt()));
                        }))
                .onConflict(Resolution.keepMine()));

    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Conflict<>(100 + sent.size()));
    assertThat(store.confirmed().get().count("tea")).isEqualTo(100 + sent.size());
  }

  @Test
  void acknowledge_acknowledgedInPlaceThenNotReplayable_isNotTakenAgain() {
    Mutation<Integer> created = store.mutate(Shelf.add("milk", 1), Shelf.about("milk"));
    Mutation<Integer> edited = store.mutate(Shelf.edit("milk", 5), Shelf.about("milk"));
    store.acknowledge(edited.id());
    store.reject(created.id(), "no");
    assertThat(store.visible().get()).isEqualTo(Shelf.of("tea", 1));
    assertThat(store.deadLetters().get()).hasSize(2);

    store.external(shelf -> shelf.with("milk", 9));

    assertThat(store.acknowledge(edited.id())).isEqualTo(Settlement.DUPLICATE);
    assertThat(store.confirmed().get().count("milk")).isEqualTo(9);
  }

  @Test
  void answers_insideAnAtomicUpdate_areRefusedAndChangeNothing() {
    Mutation<Integer> mutation = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    Store<Integer> other = Store.of("other", 0);

    List<Runnable> answers =
        List.of(
            () -> store.acknowledge(mutation.id()),
            () -> store.acknowledge(mutation.id(), shelf -> shelf),
            () -> store.reject(mutation.id(), "no"),
            () -> store.external(shelf -> shelf),
            () -> store.mutate(Shelf.add("tea", 1), Shelf.about("tea")),
            mutation::cancel,
            store::close);
    for (Runnable answer : answers) {
      assertThatThrownBy(() -> Store.atomically(answer, other))
          .isInstanceOf(NestedUpdateException.class)
          .hasMessageContaining("shelf");
      assertThatThrownBy(
              () ->
                  store.mutate(
                      shelf -> {
                        answer.run();
                        return shelf;
                      },
                      Shelf.about("tea")))
          .isInstanceOf(NestedUpdateException.class)
          .hasMessageContaining("shelf");
      assertThat(mutation.isSettled()).isFalse();
      assertThat(visible()).isEqualTo(2);
    }
    store.acknowledge(mutation.id());
    assertThat(mutation.isSettled()).isTrue();
  }

  @Test
  void gone_answeredToARemoval_acknowledgesIt() {
    store.external(shelf -> shelf.with("tea", 3));
    CompletableFuture<WriteResult<Integer>> answer = new CompletableFuture<>();
    Mutation<Integer> removal =
        store.mutate(Shelf.remove("tea"), Shelf.about("tea").answeredBy(Shelf.by(answer)));

    answer.complete(new WriteResult.Gone<>());

    assertThat(removal.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Saved<>(3));
    assertThat(store.confirmed().get().items()).isEmpty();
    assertThat(store.deadLetters().get()).isEmpty();
  }

  @Test
  void gone_answeredToAChange_isADeadLetter() {
    store.external(shelf -> shelf.with("tea", 3));
    CompletableFuture<WriteResult<Integer>> answer = new CompletableFuture<>();
    Mutation<Integer> change =
        store.mutate(Shelf.edit("tea", 4), Shelf.about("tea").answeredBy(Shelf.by(answer)));

    answer.complete(new WriteResult.Gone<>());

    assertThat(change.stage().toCompletableFuture()).isCompletedWithValue(new WriteResult.Gone<>());
    assertThat(store.deadLetters().get()).hasSize(1);
    assertThat(visible()).isEqualTo(3);
  }

  @Test
  void resolver_thatCancelsTheMutation_isToldThatItsAnswerIsNotWanted() {
    List<Mutation<Integer>> mutations = new ArrayList<>();
    CompletableFuture<Choice<Integer>> choice = new CompletableFuture<>();
    CompletableFuture<WriteResult<Integer>> answer = new CompletableFuture<>();
    mutations.add(
        store.mutate(
            Shelf.add("tea", 1),
            Shelf.about("tea")
                .answeredBy(Shelf.by(answer))
                .onConflict(
                    Resolution.<Integer>ask(
                            dispute -> {
                              mutations.get(0).cancel();
                              return choice;
                            })
                        .within(SECOND))));

    answer.complete(new WriteResult.Conflict<>(4));

    assertThat(choice).isCancelled();
    assertThat(time.pending()).isZero();
    assertThat(visible()).isEqualTo(4);
  }

  @Test
  void resolver_whoseStageBecomesNoFuture_isSettledAllTheSame() {
    CompletableFuture<WriteResult<Integer>> answer = new CompletableFuture<>();
    CompletionStage<Choice<Integer>> odd = OddStage.of(new CompletableFuture<>());
    Mutation<Integer> mutation =
        store.mutate(
            Shelf.add("tea", 1),
            Shelf.about("tea")
                .answeredBy(Shelf.by(answer))
                .onConflict(Resolution.ask(dispute -> odd)));
    answer.complete(new WriteResult.Conflict<>(4));

    try (Reports reports = new Reports()) {
      mutation.cancel();

      assertThat(mutation.isSettled()).isTrue();
      assertThat(reports.naming("shelf")).isEmpty();
    }
    assertThat(store.pending().get()).isEmpty();
  }

  @Test
  void push_mergedWithOneWhoseCommandBreaksTheFold_isNotLostSilently() {
    List<Boolean> broken = new ArrayList<>();
    store.mutate(
        shelf -> {
          if (!broken.isEmpty()) {
            throw new NoClassDefFoundError("gone");
          }
          return shelf.with("tea", shelf.count("tea") + 1);
        },
        Shelf.about("tea"));
    broken.add(true);

    assertThatThrownBy(() -> store.external(shelf -> shelf.with("tea", 5)))
        .isInstanceOf(NoClassDefFoundError.class);
    broken.clear();
    store.external(shelf -> shelf.with("milk", 1));

    assertThat(store.confirmed().get()).isEqualTo(Shelf.of("tea", 1).with("milk", 1));
  }

  @Test
  void close_withMutationsUnderWay_settlesThemAndRefusesMore() {
    Mutation<Integer> mutation = store.mutate(Shelf.add("tea", 1), Shelf.about("tea"));
    store.close();
    store.close();

    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Cancelled<>());
    for (Runnable refused :
        List.<Runnable>of(
            () -> store.mutate(Shelf.add("tea", 1), Shelf.about("tea")),
            () -> store.acknowledge(mutation.id()),
            () -> store.reject(mutation.id(), "no"),
            () -> store.external(shelf -> shelf))) {
      assertThatThrownBy(refused::run)
          .isInstanceOf(io.stateward.signal.ClosedException.class)
          .hasMessageContaining("shelf");
    }
  }

  @Test
  void refresh_closedStore_failsWithClosed() {
    store.close();
    List<Shelf> read = new ArrayList<>();

    CompletableFuture<Integer> answer = new CompletableFuture<>();
    assertThatThrownBy(
            () ->
                store
                    .refresh(
                        Call.stage(
                            (Shelf state) -> {
                              read.add(state);
                              return answer;
                            }),
                        (shelf, count) -> shelf)
                    .stage()
                    .toCompletableFuture()
                    .getNow(0))
        .hasStackTraceContaining("ClosedException");
    assertThat(read).isEmpty();
  }
}
