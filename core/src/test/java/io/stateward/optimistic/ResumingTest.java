package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.flow.Call;
import io.stateward.optimistic.Pantry.Item;
import io.stateward.optimistic.Pantry.Run;
import io.stateward.optimistic.Pantry.Server;
import io.stateward.persist.Persistence;
import io.stateward.signal.ManualExecutor;
import io.stateward.signal.Reports;
import io.stateward.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier run has stored, in a real file, is taken up by a later one. */
final class ResumingTest {

  @TempDir Path folder;

  private final Server server = new Server();

  private Run run() {
    return new Run(
        folder.resolve("pantry.json"),
        settings ->
            settings
                .resuming(Pantry.ADD, server::plan)
                .resumingBatch(
                    "both",
                    parts ->
                        MutationPlan.<PersistentMap<String, Integer>>whole()
                            .acknowledgedBy(
                                Call.stage(
                                    sent -> {
                                      for (Command<PersistentMap<String, Integer>> part : parts) {
                                        Item item = Pantry.ADD.argumentsOf(part);
                                        if (item != null) {
                                          server.add(sent.id(), item);
                                        }
                                      }
                                      return CompletableFuture.completedFuture("ok");
                                    }))));
  }

  private Run silent() {
    return new Run(folder.resolve("pantry.json"), settings -> settings);
  }

  private static Mutation<Integer> add(Run run, Server server, String name, int amount) {
    Item item = new Item(name, amount);
    return run.store.mutate(Pantry.ADD.with(item), server.plan(item));
  }

  private static MutationId wait(Run run, String name, int amount) {
    return run.store.mutate(Pantry.ADD.with(new Item(name, amount)), Pantry.about(name)).id();
  }

  @Test
  void resuming_unanswered_isSentAgainOnceAndAppliedOnce() {
    server.mute = true;
    MutationId id;
    try (Run first = run()) {
      try (Persistence kept = first.keep()) {
        id = add(first, server, "tea", 2).id();
        first.time.advance(Duration.ofSeconds(1)); // the pause before it is saved
      }
    }
    server.mute = false;

    try (Run second = run()) {
      try (Persistence kept = second.keep()) {
        assertThat(server.received).containsExactly(id, id);
        assertThat(server.stock).isEqualTo(PersistentMap.of("tea", 2));
        assertThat(second.visible()).isEqualTo(server.stock);
        assertThat(second.pending()).isEmpty();
        assertThat(second.store.acknowledge(id)).isEqualTo(Settlement.DUPLICATE);
      }
    }
    try (Run third = run();
        Persistence kept = third.keep()) {
      assertThat(server.received).hasSize(2);
      assertThat(third.visible()).isEqualTo(PersistentMap.of("tea", 2));
      assertThat(third.store.acknowledge(id)).isEqualTo(Settlement.DUPLICATE);
      assertThat(third.store.acknowledge(new MutationId(id.origin(), id.number() + 1)))
          .isEqualTo(Settlement.UNKNOWN);
    }
  }

  @Test
  void persistence_visibleState_isNeverStored() throws Exception {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      wait(first, "tea", 2);
      kept.flush();
      String text = Files.readString(first.file, StandardCharsets.UTF_8);

      assertThat(text).contains("\"confirmed\":{\"schema\":\"stock/1\",\"value\":{}}");
      assertThat(text).contains("\"name\":\"tea\"");
    }
  }

  @Test
  void restored_acknowledgedInItsPlace_waitsThereAndIsNotSent() {
    MutationId tea;
    MutationId milk;
    try (Run first = silent();
        Persistence kept = first.keep()) {
      tea = wait(first, "tea", 2);
      milk = wait(first, "milk", 1);
      first.store.acknowledge(milk);
    }
    try (Run second = run()) {
      server.deaf = true;
      try (Persistence kept = second.keep()) {
        assertThat(second.pending())
            .containsExactly("pantry/add PENDING", "pantry/add ACKNOWLEDGED");
        assertThat(second.store.acknowledge(milk)).isEqualTo(Settlement.DUPLICATE);
        assertThat(second.store.acknowledge(tea)).isEqualTo(Settlement.SETTLED);

        assertThat(second.store.confirmed().get())
            .isEqualTo(PersistentMap.of("tea", 2).plus("milk", 1));
        assertThat(second.pending()).isEmpty();
      }
    }
  }

  @Test
  void restored_conflicted_isSentAnew() {
    CompletableFuture<Choice<Integer>> undecided = new CompletableFuture<>();
    Item item = new Item("tea", 2);
    try (Run first = run();
        Persistence kept = first.keep()) {
      first.store.mutate(
          Pantry.ADD.with(item),
          Pantry.about("tea")
              .answeredBy(
                  Call.stage(
                      sent -> CompletableFuture.completedFuture(new WriteResult.Conflict<>(7))))
              .onConflict(Resolution.ask(dispute -> undecided)));
      assertThat(first.pending()).containsExactly("pantry/add CONFLICTED");
    }
    server.stock = PersistentMap.of("tea", 7);

    try (Run second = run();
        Persistence kept = second.keep()) {
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 9));
      assertThat(second.store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 9));
      assertThat(server.received).hasSize(1);
    }
  }

  @Test
  void restored_outcomeOfAMerge_isStoredAsTheCommandThatWasMade() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      List<CompletableFuture<WriteResult<Integer>>> answers = new java.util.ArrayList<>();
      first.store.mutate(
          Pantry.ADD.with(new Item("tea", 2)),
          Pantry.about("tea")
              .answeredBy(
                  Call.stage(
                      sent -> {
                        answers.add(new CompletableFuture<>());
                        return answers.get(answers.size() - 1);
                      }))
              .onConflict(
                  Resolution.ask(dispute -> CompletableFuture.completedFuture(Choice.merged(50)))));
      answers.get(0).complete(new WriteResult.Conflict<>(7));
      assertThat(first.visible()).isEqualTo(PersistentMap.of("tea", 50));
    }
    try (Run second = silent();
        Persistence kept = second.keep()) {
      assertThat(second.store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 7));
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 9));
    }
  }

  @Test
  void restored_ofAScope_areSentOneAfterTheOtherBeforeWhatIsNew() {
    server.deaf = true;
    try (Run first = run();
        Persistence kept = first.keep()) {
      add(first, server, "tea", 1);
      add(first, server, "tea", 2);
      add(first, server, "milk", 4);
    }
    server.deaf = false;
    server.mute = true;

    try (Run second = run();
        Persistence kept = second.keep()) {
      Mutation<Integer> last = add(second, server, "tea", 3);
      List<MutationId> ids = second.store.pending().get().stream().map(Pending::id).toList();

      assertThat(server.received).containsExactly(ids.get(0), ids.get(2));
      server.mute = false;
      second.store.acknowledge(ids.get(0));
      assertThat(server.received).containsExactly(ids.get(0), ids.get(2), ids.get(1), ids.get(3));
      assertThat(last.stage().toCompletableFuture())
          .isCompletedWithValue(new WriteResult.Saved<>(6));
      assertThat(second.store.acknowledge(ids.get(2))).isEqualTo(Settlement.SETTLED);
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 6).plus("milk", 4));
      assertThat(second.store.confirmed().get()).isEqualTo(second.visible());
    }
  }

  @Test
  void hydration_afterNewMutations_putsWhatWasStoredBelowThem() {
    MutationId stored;
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.external(stock -> stock.plus("tea", 10));
      stored = wait(first, "tea", 1);
    }
    ManualExecutor executor = new ManualExecutor();
    try (Run second = silent()) {
      Persistence kept = second.keep(executor);
      MutationId fresh = wait(second, "tea", 2);
      MutationId answered = wait(second, "milk", 5);
      second.store.acknowledge(answered, stock -> stock.plus("milk", 6));
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 2).plus("milk", 6));

      executor.runAll();

      assertThat(second.store.pending().get())
          .extracting(Pending::id)
          .containsExactly(stored, fresh);
      assertThat(stored).isNotEqualTo(fresh);
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 13).plus("milk", 6));
      assertThat(second.store.confirmed().get())
          .isEqualTo(PersistentMap.of("tea", 10).plus("milk", 6));
      assertThat(second.store.acknowledge(stored)).isEqualTo(Settlement.SETTLED);
      assertThat(second.store.acknowledge(fresh)).isEqualTo(Settlement.SETTLED);
      executor.runAll();
      kept.close();
    }
  }

  @Test
  void hydration_newMutationThatDoesNotFitTheStoredState_isSettledAndKeptAsADeadLetter() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.external(stock -> stock.plus("tea", 1));
    }
    ManualExecutor executor = new ManualExecutor();
    try (Run second =
        new Run(folder.resolve("pantry.json"), settings -> settings.origin("second"))) {
      second.store.external(stock -> stock.plus("milk", 1));
      Persistence kept = second.keep(executor);
      Mutation<Integer> taken =
          second.store.mutate(
              Pantry.TAKE.with(new Item("milk", 1)), Pantry.about("milk")); // nobody stored milk
      MutationId fits = wait(second, "tea", 1);

      executor.runAll();

      assertThat(taken.stage().toCompletableFuture())
          .isCompletedWithValue(new WriteResult.Gone<>());
      assertThat(second.store.deadLetters().get())
          .extracting(DeadLetter::id, DeadLetter::kind)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(taken.id(), DeadLetter.Kind.NOT_REPLAYABLE));
      assertThat(second.store.pending().get()).extracting(Pending::id).containsExactly(fits);
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 2));
      executor.runAll();
      kept.close();
    }
  }

  @Test
  void hydration_readThatWasConfirmedMeanwhile_standsAboveWhatWasStored() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.external(stock -> stock.plus("tea", 1));
      wait(first, "milk", 3);
    }
    ManualExecutor executor = new ManualExecutor();
    try (Run second = silent()) {
      Persistence kept = second.keep(executor);
      second.store.refresh(
          Call.stage(stock -> CompletableFuture.completedFuture(5)),
          (stock, tea) -> stock.plus("tea", tea));

      executor.runAll();

      assertThat(second.store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 5));
      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 5).plus("milk", 3));
      executor.runAll();
      kept.close();
    }
  }

  @Test
  void restored_withoutAPlan_isAnsweredFromOutside() {
    MutationId tea;
    MutationId milk;
    MutationId bread;
    MutationId salt;
    try (Run first = silent();
        Persistence kept = first.keep()) {
      tea = wait(first, "tea", 1);
      milk = wait(first, "milk", 1);
      bread = wait(first, "bread", 1);
      salt = wait(first, "salt", 1);
    }
    try (Run second = silent();
        Persistence kept = second.keep()) {
      assertThat(second.store.reject(tea, "too much")).isEqualTo(Settlement.SETTLED);
      second.store.external(stock -> stock.plus("milk", 1), milk);
      assertThat(second.store.cancel(bread)).isTrue();
      assertThat(second.store.cancel(bread)).isFalse();
      assertThat(second.store.acknowledge(salt, stock -> stock.plus("salt", 9)))
          .isEqualTo(Settlement.SETTLED);

      assertThat(second.visible()).isEqualTo(PersistentMap.of("milk", 1).plus("salt", 9));
      assertThat(second.pending()).isEmpty();
      assertThat(second.store.deadLetters().get())
          .singleElement()
          .satisfies(letter -> assertThat(letter.reason()).isEqualTo("too much"));
      assertThat(second.store.reject(tea, "again")).isEqualTo(Settlement.DUPLICATE);
    }
  }

  @Test
  void restored_batch_isSentByThePlanOfItsName() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.mutate(
          Command.batch(
              "both", List.of(Pantry.ADD.with(new Item("tea", 1)), Pantry.CLEAR.with("milk"))),
          MutationPlan.whole());
    }
    try (Run second = run();
        Persistence kept = second.keep()) {
      assertThat(server.stock).isEqualTo(PersistentMap.of("tea", 1));
      assertThat(second.pending()).isEmpty();
      assertThat(second.store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 1));
    }
  }

  @Test
  void resuming_planThatThrows_isReportedAndTheMutationWaits() {
    MutationId id;
    try (Run first = silent();
        Persistence kept = first.keep()) {
      id = wait(first, "tea", 1);
    }
    try (Reports reports = new Reports();
        Run second =
            new Run(
                folder.resolve("pantry.json"),
                settings ->
                    settings.resuming(
                        Pantry.ADD,
                        item -> {
                          throw new IllegalStateException("no network yet");
                        }));
        Persistence kept = second.keep()) {
      assertThat(reports.naming("pantry"))
          .singleElement()
          .satisfies(
              failed ->
                  assertThat(failed.problem()).contains("There is no plan to resume 'pantry/add'"));
      assertThat(second.store.acknowledge(id)).isEqualTo(Settlement.SETTLED);
    }
  }

  @Test
  void origin_ofAnEarlierRun_goesOnCounting() {
    MutationId first;
    try (Run run = new Run(folder.resolve("pantry.json"), settings -> settings.origin("tablet"));
        Persistence kept = run.keep()) {
      first = wait(run, "tea", 1);
    }
    try (Run run = new Run(folder.resolve("pantry.json"), settings -> settings.origin("tablet"));
        Persistence kept = run.keep()) {
      MutationId second = wait(run, "tea", 1);

      assertThat(second).isEqualTo(new MutationId("tablet", first.number() + 1));
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 2));
      run.store.acknowledge(first);
      run.store.acknowledge(second);
    }
    try (Run run = silent();
        Persistence kept = run.keep()) {
      assertThat(run.pending()).isEmpty();
      assertThat(run.store.acknowledge(new MutationId("tablet", first.number() + 1)))
          .isEqualTo(Settlement.DUPLICATE);
      assertThat(run.store.acknowledge(new MutationId("tablet", first.number() + 2)))
          .isEqualTo(Settlement.UNKNOWN);
    }
  }

  @Test
  void hydration_pushThatChangedNothingYet_countsForWhatWasStored() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.external(stock -> stock.plus("tea", 1));
    }
    ManualExecutor executor = new ManualExecutor();
    try (Run second = silent()) {
      Persistence kept = second.keep(executor);
      second.store.external(stock -> stock.minus("tea")); // there is none yet

      executor.runAll();

      assertThat(second.visible()).isEqualTo(PersistentMap.of());
      executor.runAll();
      kept.close();
    }
  }

  @Test
  void hydration_pushThatDoesNotFitTheStoredState_isReportedAndLeftOut() {
    try (Run first = silent();
        Persistence kept = first.keep()) {
      first.store.external(stock -> stock.plus("tea", 1));
    }
    ManualExecutor executor = new ManualExecutor();
    try (Reports reports = new Reports();
        Run second = silent()) {
      Persistence kept = second.keep(executor);
      second.store.external(
          stock -> {
            if (stock.containsKey("tea")) {
              throw new IllegalStateException("tea already");
            }
            return stock.plus("tea", 5);
          });
      second.store.external(stock -> stock.plus("milk", 2));

      executor.runAll();

      assertThat(second.visible()).isEqualTo(PersistentMap.of("tea", 1).plus("milk", 2));
      assertThat(reports.naming("pantry"))
          .singleElement()
          .satisfies(failed -> assertThat(failed.problem()).contains("is left out"));
      executor.runAll();
      kept.close();
    }
  }

  @Test
  void restored_overTwoStores_bringsItsShareOfTheOtherOne() {
    try (OptimisticStore<Integer> spent = OptimisticStore.of("spent", 0);
        Run first = silent();
        Persistence kept = first.keep()) {
      buying(first, spent, new CompletableFuture<>());
      assertThat(spent.visible().get()).isEqualTo(3);
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (OptimisticStore<Integer> spent = OptimisticStore.of("spent", 0);
        Run second =
            new Run(
                folder.resolve("pantry.json"),
                settings ->
                    settings.resuming(Pantry.ADD, item -> buyingPlan(item, spent, answer)));
        Persistence kept = second.keep()) {
      assertThat(spent.visible().get()).isEqualTo(3);
      assertThat(spent.confirmed().get()).isZero();

      answer.complete("bought");

      assertThat(spent.confirmed().get()).isEqualTo(3);
      assertThat(second.store.confirmed().get()).isEqualTo(PersistentMap.of("tea", 3));
      assertThat(spent.pending().get()).isEmpty();
    }
  }

  @Test
  void share_ofAnotherStoresMutation_isNotStoredHere() {
    try (OptimisticStore<Integer> spent = OptimisticStore.of("spent", 0);
        Run first = silent();
        Persistence kept = first.keep()) {
      spent.mutate(
          sum -> sum + 3,
          MutationPlan.<Integer>whole().also(first.store, Pantry.ADD.with(new Item("tea", 3))));
      assertThat(first.visible()).isEqualTo(PersistentMap.of("tea", 3));
    }
    try (Run second = silent();
        Persistence kept = second.keep()) {
      assertThat(second.visible()).isEqualTo(PersistentMap.of());
    }
  }

  @Test
  void resuming_shareThatTheOtherStoreCannotTake_endsTheMutation() {
    try (OptimisticStore<Integer> spent = OptimisticStore.of("spent", 0);
        Run first = silent();
        Persistence kept = first.keep()) {
      buying(first, spent, new CompletableFuture<>());
    }
    try (OptimisticStore<Integer> spent = OptimisticStore.of("spent", 0);
        Run second =
            new Run(
                folder.resolve("pantry.json"),
                settings ->
                    settings.resuming(
                        Pantry.ADD,
                        item ->
                            Pantry.about(item.name())
                                .also(
                                    spent,
                                    sum -> {
                                      throw new IllegalStateException("no money");
                                    })));
        Persistence kept = second.keep()) {
      assertThat(second.visible()).isEqualTo(PersistentMap.of());
      assertThat(second.pending()).isEmpty();
      assertThat(second.store.deadLetters().get())
          .singleElement()
          .satisfies(letter -> assertThat(letter.reason()).contains("no money"));
      assertThat(spent.pending().get()).isEmpty();
    }
  }

  private static void buying(
      Run run, OptimisticStore<Integer> spent, CompletableFuture<String> answer) {
    Item item = new Item("tea", 3);
    run.store.mutate(Pantry.ADD.with(item), buyingPlan(item, spent, answer));
  }

  private static MutationPlan<PersistentMap<String, Integer>, Integer> buyingPlan(
      Item item, OptimisticStore<Integer> spent, CompletableFuture<String> answer) {
    return Pantry.about(item.name())
        .acknowledgedBy(Call.stage(sent -> answer))
        .also(spent, sum -> sum + item.amount());
  }

  @Test
  void hydration_whileMutationsAreMadeAndAnswered_losesNoneAndSendsNoneTwice() throws Exception {
    for (int round = 0; round < 40; round++) {
      Path file = folder.resolve("round-" + round + ".json");
      Server kitchen = new Server();
      UnaryOperator<OptimisticBuilder<PersistentMap<String, Integer>>> resuming =
          settings -> settings.resuming(Pantry.ADD, kitchen::plan);
      kitchen.deaf = true;
      try (Run first = new Run(file, resuming);
          Persistence kept = first.keep()) {
        add(first, kitchen, "tea", 1);
        add(first, kitchen, "milk", 10);
        add(first, kitchen, "tea", 100);
      }
      kitchen.deaf = false;

      try (Run second = new Run(file, resuming)) {
        List<Thread> loading = new CopyOnWriteArrayList<>();
        Persistence kept =
            second.keep(
                task -> {
                  Thread thread = new Thread(task);
                  loading.add(thread);
                  thread.start();
                });
        for (int i = 0; i < 20; i++) {
          add(second, kitchen, i % 2 == 0 ? "tea" : "milk", 1000);
        }
        kept.hydrated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        for (Thread thread : loading) {
          thread.join();
        }

        assertThat(kitchen.stock).isEqualTo(PersistentMap.of("tea", 10101).plus("milk", 10010));
        assertThat(second.pending()).isEmpty();
        assertThat(second.store.deadLetters().get()).isEmpty();
        assertThat(second.store.confirmed().get()).isEqualTo(kitchen.stock);
        assertThat(kitchen.received).hasSize(23).doesNotHaveDuplicates();
        kept.close();
      }
    }
  }

  @Test
  void deadLetter_ofAnEarlierIdGivenAgain_saysSo() {
    try (Run run = new Run(folder.resolve("pantry.json"), settings -> settings.origin("tablet"));
        Persistence kept = run.keep()) {
      wait(run, "tea", 1);
    }
    ManualExecutor executor = new ManualExecutor();
    try (Run run = new Run(folder.resolve("pantry.json"), settings -> settings.origin("tablet"))) {
      wait(run, "milk", 1);
      Persistence kept = run.keep(executor);

      executor.runAll();

      assertThat(run.visible()).isEqualTo(PersistentMap.of("milk", 1));
      assertThat(run.store.deadLetters().get())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.reason()).contains("Choose another origin for each run");
                assertThat(letter.command()).isEqualTo(Pantry.ADD.with(new Item("tea", 1)));
              });
      executor.runAll();
      kept.close();
    }
  }
}
