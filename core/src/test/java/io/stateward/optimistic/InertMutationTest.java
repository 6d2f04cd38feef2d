package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.PersistentMap;
import io.stateward.optimistic.Pantry.Item;
import io.stateward.optimistic.Pantry.Run;
import io.stateward.persist.Persistence;
import io.stateward.signal.Reports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutations that a version of the application has stored which knew more than this one. */
final class InertMutationTest {

  @TempDir Path folder;

  private static final CommandType<PersistentMap<String, Integer>, Item> DOUBLE =
      CommandType.of(
          "pantry/double",
          Pantry.ITEM,
          (stock, item) -> stock.update(item.name(), amount -> amount * 2));

  private static final CommandType<PersistentMap<String, Integer>, Item> NEWER_TAKE =
      CommandType.of(
          "pantry/take",
          TreeCodec.of(
              "item/2",
              item -> Tree.object().plus("what", item.name()).plus("amount", item.amount()),
              tree -> new Item(tree.at("/what").asString(), tree.at("/amount").asInt())),
          (stock, item) -> stock.update(item.name(), amount -> amount - item.amount()));

  private Run newer() {
    return new Run(
        folder.resolve("pantry.json"),
        settings -> settings.commands(Pantry.ADD, NEWER_TAKE, DOUBLE));
  }

  private Run older() {
    return new Run(folder.resolve("pantry.json"), settings -> settings);
  }

  private static MutationId mutate(Run run, Command<PersistentMap<String, Integer>> command) {
    return run.store.mutate(command, MutationPlan.whole()).id();
  }

  /** Leaves (4 + 1) * 2 - 3 + 1 tea: the two in the middle are unreadable to the older version. */
  private List<MutationId> stored() {
    try (Run run = newer();
        Persistence kept = run.keep()) {
      run.store.external(stock -> stock.plus("tea", 4));
      MutationId first = mutate(run, Pantry.ADD.with(new Item("tea", 1)));
      MutationId unknown = mutate(run, DOUBLE.with(new Item("tea", 0)));
      MutationId undecodable = mutate(run, NEWER_TAKE.with(new Item("tea", 3)));
      MutationId last = mutate(run, Pantry.ADD.with(new Item("tea", 1)));
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 8));
      return List.of(first, unknown, undecodable, last);
    }
  }

  @Test
  void unreadable_takesNoEffectAndIsReportedOnce() {
    List<MutationId> ids = stored();

    try (Reports reports = new Reports();
        Run run = older();
        Persistence kept = run.keep()) {
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 6));
      assertThat(run.store.pending().get())
          .extracting(Pending::id)
          .containsExactly(ids.get(0), ids.get(3));
      assertThat(run.store.deadLetters().get())
          .extracting(DeadLetter::id)
          .containsExactly(ids.get(1), ids.get(2));
      assertThat(run.store.deadLetters().get())
          .allSatisfy(
              letter -> {
                assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.UNKNOWN);
                assertThat(letter.command().apply(run.visible())).isSameAs(run.visible());
              });
      mutate(run, Pantry.ADD.with(new Item("milk", 1)));
      assertThat(reports.naming("pantry")).hasSize(2);
      assertThat(reports.naming("pantry").get(0).problem())
          .contains("'pantry/double'", "no type of commands is called 'pantry/double' here");
      assertThat(reports.naming("pantry").get(1).problem())
          .contains("of schema 'item/2', and 'item/1' is read here");
    }
  }

  @Test
  void unreadable_staysStoredInItsPlaceForTheVersionThatKnowsIt() {
    List<MutationId> ids = stored();
    MutationId made;
    try (Run run = older();
        Persistence kept = run.keep()) {
      made = mutate(run, Pantry.ADD.with(new Item("milk", 1)));
    }

    try (Run run = newer();
        Persistence kept = run.keep()) {
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 8).plus("milk", 1));
      assertThat(run.store.pending().get())
          .extracting(Pending::id)
          .containsExactly(ids.get(0), ids.get(1), ids.get(2), ids.get(3), made);
      assertThat(run.store.deadLetters().get()).isEmpty();
    }
  }

  @Test
  void unreadable_acknowledged_isNotSentByTheVersionThatKnowsIt() {
    List<MutationId> ids = stored();
    try (Run run = older();
        Persistence kept = run.keep()) {
      assertThat(run.store.acknowledge(ids.get(1))).isEqualTo(Settlement.LATE);
      assertThat(run.store.acknowledge(ids.get(1))).isEqualTo(Settlement.DUPLICATE);
    }

    try (Run run = newer();
        Persistence kept = run.keep()) {
      assertThat(run.store.pending().get())
          .extracting(Pending::status)
          .containsExactly(
              MutationStatus.PENDING,
              MutationStatus.ACKNOWLEDGED,
              MutationStatus.PENDING,
              MutationStatus.PENDING);
    }
  }

  @Test
  void unreadable_answeredOrCancelled_isForgotten() {
    List<MutationId> ids = stored();
    try (Run run = older();
        Persistence kept = run.keep()) {
      run.store.external(stock -> stock.plus("tea", 10), ids.get(1), ids.get(0));
      assertThat(run.store.cancel(ids.get(2))).isTrue();
      assertThat(run.store.cancel(ids.get(2))).isFalse();
      assertThat(run.store.acknowledge(ids.get(1))).isEqualTo(Settlement.DUPLICATE);
    }

    try (Run run = newer();
        Persistence kept = run.keep()) {
      assertThat(run.store.pending().get()).extracting(Pending::id).containsExactly(ids.get(3));
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 11));
    }
  }

  @Test
  void unreadable_rejected_isForgotten() {
    List<MutationId> ids = stored();
    try (Run run = older();
        Persistence kept = run.keep()) {
      assertThat(run.store.reject(ids.get(1), "no")).isEqualTo(Settlement.SETTLED);
      assertThat(run.store.reject(ids.get(1), "no")).isEqualTo(Settlement.DUPLICATE);
    }

    try (Run run = newer();
        Persistence kept = run.keep()) {
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 3));
    }
  }

  @Test
  void migration_ofTheFile_makesItReadable() {
    stored();
    try (Run run = older();
        Persistence kept =
            run.store
                .persistence()
                .schema(2)
                .migrate(1, InertMutationTest::takeOfTheOlderSchema)
                .open(run.file, SavedLog.codec(Pantry.STOCK), Runnable::run)) {
      assertThat(run.visible()).isEqualTo(PersistentMap.of("tea", 3));
      assertThat(run.store.deadLetters().get()).hasSize(1);
    }
  }

  private static Tree takeOfTheOlderSchema(Tree log) {
    Tree arguments = log.at("/mutations/2/command/arguments");
    return log.with("/mutations/2/command/schema", Tree.of("item/1"))
        .with("/mutations/2/command/arguments/name", arguments.at("/what"));
  }
}
