package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.persist.Journal;
import io.stateward.store.WriteResult;
import io.stateward.sync.crdt.ObservedRemoveSet;
import io.stateward.sync.crdt.PositiveNegativeCounter;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.record.RecordType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplicatedDocumentTest {

  private static final TreeCodec<String> STRINGS = TreeCodec.of("string", Tree::of, Tree::asString);
  private static final ReplicatedType<ObservedRemoveSet<String>> SHOPPING =
      ReplicatedType.of("shopping", ObservedRemoveSet.empty(), ObservedRemoveSet.codec(STRINGS));
  private static final ReplicatedType<PositiveNegativeCounter> STOCK =
      ReplicatedType.of("stock", PositiveNegativeCounter.empty(), PositiveNegativeCounter.codec());

  private final Together together =
      new Together(SHOPPING.withSize(400), STOCK, RecordType.standard());
  private final SyncClient ada = together.client("ada");
  private final SyncClient bob = together.client("bob");

  @AfterEach
  void close() {
    ada.close();
    bob.close();
    together.close();
  }

  @Test
  void change_ofBothOffline_mergesWithAddingWinning() {
    ReplicatedDocument<ObservedRemoveSet<String>> adas = ada.replicated("list", SHOPPING);
    ReplicatedDocument<ObservedRemoveSet<String>> bobs = bob.replicated("list", SHOPPING);
    List<Set<String>> shown = new ArrayList<>();
    adas.value().subscribe(change -> shown.add(Set.copyOf(change.now().elements())));
    adas.change((set, me) -> set.add(me, "milk"));
    together.settle();
    ada.disconnect();

    CompletionStage<WriteResult<ObservedRemoveSet<String>>> removed =
        adas.change((set, me) -> set.remove("milk"));
    bobs.change((set, me) -> set.add(me, "milk"));
    assertThat(adas.value().get().isEmpty()).isTrue();
    ada.reconnect();
    together.settle();

    assertThat(adas.now()).isEqualTo(bobs.now());
    assertThat(adas.now().elements()).containsExactly("milk");
    assertThat(removed.toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Saved<>(adas.now()));
    assertThat(shown).containsExactly(Set.of("milk"), Set.of(), Set.of("milk"));
    assertThat(adas.id()).isEqualTo("list");
    assertThat(adas.change((set, me) -> set).toCompletableFuture()).isCompleted();
  }

  @Test
  void change_thatIsTooLarge_isRejectedAndWhatFollowsCountsWithoutIt() {
    ReplicatedDocument<ObservedRemoveSet<String>> adas = ada.replicated("list", SHOPPING);
    together.settle();
    ada.disconnect();

    CompletionStage<WriteResult<ObservedRemoveSet<String>>> large =
        adas.change((set, me) -> set.add(me, "x".repeat(500)));
    adas.change((set, me) -> set.add(me, "milk"));
    ada.reconnect();
    together.settle();

    assertThat(large.toCompletableFuture().join())
        .isInstanceOfSatisfying(
            WriteResult.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("at most 400"));
    assertThat(adas.now().elements()).containsExactly("milk");
    assertThat(bob.replicated("list", SHOPPING).now().elements()).containsExactly("milk");
  }

  @Test
  void change_thatThrows_changesNothing() {
    ReplicatedDocument<PositiveNegativeCounter> stock = ada.replicated("stock", STOCK);

    assertThatThrownBy(() -> stock.change((count, me) -> count.add(" ", 1)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(stock.channel().pending().get()).isZero();
    assertThat(stock.now().value()).isZero();
  }

  @Test
  void restart_withTheOutbox_showsAndSendsWhatWasPending(@TempDir Path folder) {
    Path outbox = folder.resolve("outbox");
    SyncClient first = together.client("eve", Journal.file(outbox));
    ReplicatedDocument<PositiveNegativeCounter> before = first.replicated("stock", STOCK);
    before.change((count, me) -> count.add(me, 5));
    together.settle();
    first.disconnect();
    before.change((count, me) -> count.add(me, -2));
    RecordDocument<Tree> record = first.record("record");
    record.set("/n", Tree.of(1));
    record.increment("/n", 1);
    first.close();
    together.settle();
    assertThat(first.closed().toCompletableFuture()).isCompletedWithValue(0);

    SyncClient second = together.client("eve", Journal.file(outbox));
    ReplicatedDocument<PositiveNegativeCounter> after = second.replicated("stock", STOCK);

    assertThat(after.now().value()).isEqualTo(3);
    assertThat(second.record("record").now()).isEqualTo(Tree.object().plus("n", 2));
    together.settle();
    ReplicatedDocument<PositiveNegativeCounter> bobs = bob.replicated("stock", STOCK);
    RecordDocument<Tree> theirs = bob.record("record");
    together.settle();
    assertThat(bobs.now().value()).isEqualTo(3);
    assertThat(theirs.now()).isEqualTo(Tree.object().plus("n", 2));
    second.close();
  }

  @Test
  void open_asAnotherKind_isRefused() {
    ada.replicated("stock", STOCK);

    assertThatThrownBy(() -> ada.replicated("stock", SHOPPING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicated:stock");
    assertThatThrownBy(() -> ada.record("stock")).isInstanceOf(IllegalArgumentException.class);
  }
}
