package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.PersistentMap;
import io.stateward.optimistic.Pantry.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SavedLogTest {

  private static final MutationId FIRST = new MutationId("run", 1);

  private static SavedMutation saved(Command<PersistentMap<String, Integer>> command) {
    return new SavedMutation(FIRST, StoredCommands.tree(command), false);
  }

  @Test
  void codec_treesAndBytes_areReadAsTheyWereWritten() {
    TreeCodec<SavedLog<PersistentMap<String, Integer>>> codec = SavedLog.codec(Pantry.STOCK);
    SavedLog<PersistentMap<String, Integer>> log =
        new SavedLog<>(
            PersistentMap.of("tea", 3),
            List.of(
                saved(Pantry.ADD.with(new Item("tea", 1))),
                new SavedMutation(
                    new MutationId("run", 2),
                    StoredCommands.tree(
                        Command.batch(
                            "both",
                            List.of(
                                Pantry.CLEAR.with("tea"), Pantry.ADD.with(new Item("milk", 2))))),
                    true)),
            List.of(new MutationId("before", 9), new MutationId("run", 2)));

    assertThat(codec.decode(codec.encode(log))).isEqualTo(log);
    Tree tree = codec.toTree(log);
    assertThat(tree.at("/confirmed/value/tea").asInt()).isEqualTo(3);
    assertThat(tree.at("/mutations/0/command/arguments/name").asString()).isEqualTo("tea");
    assertThat(tree.at("/mutations/1/command/commands/0/bytes").asString()).isEqualTo("dGVh");
  }

  @Test
  void codec_stateOfBytes_isKeptAsBase64() {
    TreeCodec<SavedLog<Long>> codec = SavedLog.codec(Codec.int64());
    SavedLog<Long> log = new SavedLog<>(7L, List.of(), List.of());

    assertThat(codec.toTree(log).at("/confirmed/bytes").asString()).isEqualTo("AAAAAAAAAAc=");
    assertThat(codec.decode(codec.encode(log))).isEqualTo(log);
  }

  @Test
  void codec_stateOfAnotherSchema_isRefused() {
    Tree tree = SavedLog.codec(Codec.int64()).toTree(new SavedLog<>(7L, List.of(), List.of()));

    assertThatThrownBy(() -> SavedLog.codec(Codec.text()).fromTree(tree))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("of schema 'int64', and 'text' is read here; add a migration");
  }

  @Test
  void commands_knownTypes_comeBackEqual() {
    StoredCommands<PersistentMap<String, Integer>> commands =
        new StoredCommands<>(
            java.util.Map.of("pantry/add", Pantry.ADD, "pantry/clear", Pantry.CLEAR));
    Command<PersistentMap<String, Integer>> both =
        Command.batch(
            "both", List.of(Pantry.CLEAR.with("tea"), Pantry.ADD.with(new Item("milk", 2))));

    assertThat(commands.command(StoredCommands.tree(both))).isEqualTo(both);
    assertThatThrownBy(
            () -> commands.command(StoredCommands.tree(Pantry.TAKE.with(new Item("milk", 2)))))
        .hasMessageContaining("no type of commands is called 'pantry/take' here");
  }

  @Test
  void persistence_storeOfAnyCommands_isRefusedWithWhatToDo() {
    try (OptimisticStore<String> store = OptimisticStore.of("notes", "")) {
      assertThatThrownBy(store::persistence)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Store 'notes' takes any command, also a lambda")
          .hasMessageContaining("commands(types)");
    }
  }

  @Test
  void mutate_argumentsThatCannotBeEncoded_areRefusedAndNothingHappened() {
    CommandType<String, String> note =
        CommandType.of("note", Codec.text(), (state, text) -> state + text);
    try (OptimisticStore<String> store = OptimisticStore.over("notes", "").commands(note).open()) {
      assertThatThrownBy(() -> store.mutate(note.with("\ud800"), MutationPlan.whole()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unpaired surrogate");
      assertThat(store.pending().get()).isEmpty();
    }
  }

  @Test
  void resuming_typeThatTheStoreDoesNotTake_isRefusedWhenItIsOpened() {
    OptimisticBuilder<PersistentMap<String, Integer>> settings =
        OptimisticStore.over("pantry", PersistentMap.<String, Integer>of())
            .commands(Pantry.ADD)
            .resuming(Pantry.TAKE, item -> Pantry.about(item.name()));

    assertThatThrownBy(settings::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a plan to resume 'pantry/take'");
    assertThatThrownBy(() -> settings.resuming(Pantry.TAKE, item -> Pantry.about(item.name())))
        .hasMessageContaining("two plans to resume 'pantry/take'");
  }
}
