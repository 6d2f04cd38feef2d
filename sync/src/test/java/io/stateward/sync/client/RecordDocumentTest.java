package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.sync.record.MergeRule;
import io.stateward.sync.record.MergeRules;
import io.stateward.sync.record.RecordChange;
import io.stateward.sync.record.RecordLimits;
import io.stateward.sync.record.RecordType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecordDocumentTest {

  record Task(String title, long votes) {
    static final TreeCodec<Task> CODEC =
        TreeCodec.of(
            "task/1",
            task -> Tree.object().plus("title", task.title()).plus("votes", task.votes()),
            tree -> new Task(tree.at("/title").asString(), tree.at("/votes").asLong()));

    Task titled(String other) {
      return new Task(other, votes);
    }
  }

  private final Together together =
      new Together(RecordType.within(RecordLimits.standard().withSize(200)));
  private final SyncClient ada = together.client("ada");
  private final SyncClient bob = together.client("bob");
  private final RecordDocument<Task> adas = ada.record("task/7", Task.CODEC);
  private final RecordDocument<Task> bobs = bob.record("task/7", Task.CODEC);

  @AfterEach
  void close() {
    ada.close();
    bob.close();
    together.close();
  }

  private <T> WriteResult<T> settled(CompletionStage<WriteResult<T>> write) {
    together.settle();
    assertThat(write.toCompletableFuture()).isCompleted();
    return write.toCompletableFuture().join();
  }

  private static <T> T read(Versioned<@Nullable T> seen) {
    return Objects.requireNonNull(seen.value());
  }

  @Test
  void example_ofTheClass_works() {
    settled(adas.put(0, new Task("Bread", 0)));
    List<@Nullable Task> shown = new ArrayList<>();
    adas.value().subscribe(change -> shown.add(change.now()));

    adas.set("/title", Tree.of("Milk"));
    adas.increment("/votes", 1);
    Versioned<@Nullable Task> seen = adas.read();
    CompletionStage<WriteResult<Task>> done =
        adas.put(seen.version(), read(seen).titled("Milk, done"));

    assertThat(settled(done)).isEqualTo(new WriteResult.Saved<>(new Task("Milk, done", 1)));
    assertThat(shown)
        .containsExactly(new Task("Milk", 0), new Task("Milk", 1), new Task("Milk, done", 1));
    assertThat(bobs.now()).isEqualTo(new Task("Milk, done", 1));
    assertThat(adas.id()).isEqualTo("task/7");
  }

  @Test
  void put_offline_showsAtOnceAndIsSavedLater() {
    together.settle();
    ada.disconnect();

    CompletionStage<WriteResult<Task>> put = adas.put(new Task("Milk", 0));

    assertThat(adas.now()).isEqualTo(new Task("Milk", 0));
    assertThat(adas.value().get()).isEqualTo(new Task("Milk", 0));
    assertThat(adas.read().version()).isZero();
    together.settle();
    assertThat(put.toCompletableFuture()).isNotDone();
    ada.reconnect();
    assertThat(settled(put)).isEqualTo(new WriteResult.Saved<>(new Task("Milk", 0)));
    assertThat(adas.read().version()).isEqualTo(1);
    assertThat(bobs.now()).isEqualTo(new Task("Milk", 0));
  }

  @Test
  void put_whatOthersHaveChanged_isAConflictWithWhatThereIs() {
    settled(adas.put(new Task("Milk", 0)));
    long seen = adas.read().version();
    ada.disconnect();
    CompletionStage<WriteResult<Task>> put = adas.put(seen, new Task("Mine", 0));
    settled(bobs.set("/title", Tree.of("Bob's")));
    assertThat(adas.now()).isEqualTo(new Task("Mine", 0));

    ada.reconnect();

    assertThat(settled(put)).isEqualTo(new WriteResult.Conflict<>(new Task("Bob's", 0)));
    assertThat(adas.now()).isEqualTo(new Task("Bob's", 0));
    assertThat(adas.channel().deadLetters().get()).hasSize(1);
    assertThat(adas.put(seen, new Task("Mine", 0)).toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Conflict<>(new Task("Bob's", 0)));
  }

  @Test
  void put_onWhatOneHasChangedOneself_isNoConflict() {
    settled(adas.put(new Task("Milk", 0)));
    long seen = adas.read().version();
    ada.disconnect();

    adas.put(seen, new Task("One", 0));
    CompletionStage<WriteResult<Task>> second = adas.put(adas.read().version(), new Task("Two", 0));
    ada.reconnect();

    assertThat(settled(second)).isEqualTo(new WriteResult.Saved<>(new Task("Two", 0)));
  }

  @Test
  void increment_byBothAtOnce_losesNothing() {
    settled(adas.put(new Task("Milk", 0)));
    ada.disconnect();
    adas.increment("/votes", 2);
    bobs.increment("/votes", new BigDecimal(3));
    ada.reconnect();
    together.settle();

    assertThat(adas.now()).isEqualTo(new Task("Milk", 5));
    assertThat(bobs.now()).isEqualTo(new Task("Milk", 5));
  }

  @Test
  void merge_ofBothSides_takesBothAndAsksForTheRest() {
    Task base = new Task("Milk", 10);
    settled(adas.put(base));
    MergeRules rules = MergeRules.otherwise(MergeRule.ASK).with("/votes", MergeRule.COUNTER);
    settled(bobs.put(new Task("Milk", 13)));

    assertThat(settled(adas.merge(base, new Task("Bread", 11), rules)))
        .isEqualTo(new WriteResult.Saved<>(new Task("Bread", 14)));
    assertThat(settled(adas.merge(base, new Task("Tea", 10), rules)))
        .isEqualTo(new WriteResult.Conflict<>(new Task("Bread", 14)));
    assertThat(bobs.now()).isEqualTo(new Task("Bread", 14));
  }

  @Test
  void include_andExclude_useAnArrayAsASet() {
    RecordDocument<Tree> tree = ada.record("tags");
    tree.include("/tags", Tree.of("a"));
    tree.include("/tags", Tree.of("b"));
    tree.include("/tags", Tree.of("a"));
    tree.exclude("/tags", Tree.of("b"));
    tree.set("/x", Tree.of(1));
    settled(tree.remove("/x"));

    assertThat(bob.record("tags").now()).isEqualTo(Tree.parse("{\"tags\":[\"a\"]}"));
  }

  @Test
  void delete_meansThatChangesOfItsPartsAreGone() {
    settled(adas.put(new Task("Milk", 0)));
    ada.disconnect();
    CompletionStage<WriteResult<Task>> set = adas.set("/title", Tree.of("Bread"));
    assertThat(settled(bobs.delete())).isEqualTo(new WriteResult.Gone<>());
    ada.reconnect();

    assertThat(settled(set)).isEqualTo(new WriteResult.Gone<>());
    assertThat(adas.now()).isNull();
    assertThat(adas.increment("/votes", 1).toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Gone<>());
    assertThat(settled(adas.put(new Task("Again", 0))))
        .isEqualTo(new WriteResult.Saved<>(new Task("Again", 0)));
    assertThat(settled(bobs.delete(1))).isInstanceOf(WriteResult.Conflict.class);
  }

  @Test
  void set_whatIsTooLargeForTheHub_isRejectedAndVanishes() {
    settled(adas.put(new Task("Milk", 0)));

    CompletionStage<WriteResult<Task>> set = adas.set("/title", Tree.of("x".repeat(300)));

    assertThat(settled(set))
        .isInstanceOfSatisfying(
            WriteResult.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("at most 200"));
    assertThat(adas.now()).isEqualTo(new Task("Milk", 0));
    assertThat(adas.set("/title/x", Tree.of(1)).toCompletableFuture().join())
        .isInstanceOf(WriteResult.Rejected.class);
  }

  @Test
  void change_ofSeveralThings_isAllOrNothing() {
    settled(adas.put(new Task("Milk", 0)));
    RecordChange vote = new RecordChange.Increment("/votes", BigDecimal.ONE);
    RecordChange wrong = new RecordChange.Increment("/title", BigDecimal.ONE);

    assertThat(settled(adas.change(new RecordChange.All(List.of(vote, wrong)))))
        .isInstanceOf(WriteResult.Rejected.class);
    assertThat(settled(adas.change(new RecordChange.All(List.of(vote, vote)))))
        .isEqualTo(new WriteResult.Saved<>(new Task("Milk", 2)));
  }

  @Test
  void value_thatIsNoneOfTheType_isToldAndHealed() {
    settled(ada.record("task/7").put(Tree.of("nonsense")));

    assertThatThrownBy(bobs::now).isInstanceOf(CodecException.class).hasMessageContaining("task/1");
    assertThat(settled(bobs.increment("/votes", 1))).isInstanceOf(WriteResult.Rejected.class);
    assertThat(settled(bobs.put(new Task("Milk", 0))))
        .isEqualTo(new WriteResult.Saved<>(new Task("Milk", 0)));
    assertThat(bobs.value().get()).isEqualTo(new Task("Milk", 0));
  }

  @Test
  void write_inAnUpdaterOrAnAtomicUpdate_isRefusedAndChangesNothing() {
    Store<Integer> one = Store.of("one", 1);
    Store<Integer> other = Store.of("other", 1);
    Runnable write = () -> adas.put(new Task("Milk", 0));

    assertThatThrownBy(
            () ->
                one.update(
                    before -> {
                      write.run();
                      return before + 1;
                    }))
        .isInstanceOf(NestedUpdateException.class)
        .hasMessageContaining("'one'");
    assertThatThrownBy(() -> Store.atomically(write, one, other))
        .isInstanceOf(NestedUpdateException.class);

    assertThat(adas.now()).isNull();
    assertThat(ada.pending().get()).isZero();
    assertThat(settled(adas.put(new Task("Bread", 0))))
        .isEqualTo(new WriteResult.Saved<>(new Task("Bread", 0)));
  }

  @Test
  void write_inASubscriber_showsInOrder() {
    List<Long> shown = new ArrayList<>();
    settled(adas.put(new Task("Milk", 0)));
    adas.value()
        .subscribe(
            change -> {
              long votes = Objects.requireNonNull(change.now()).votes();
              shown.add(votes);
              if (votes < 3) {
                adas.increment("/votes", 1);
              }
            });

    settled(bobs.increment("/votes", 1));

    assertThat(shown).containsExactly(1L, 2L, 3L);
    assertThat(bobs.now()).isEqualTo(new Task("Milk", 3));
  }
}
