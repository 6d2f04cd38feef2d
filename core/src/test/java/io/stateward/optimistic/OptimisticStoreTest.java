package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentMap;
import io.stateward.flow.Call;
import io.stateward.merge.Merge;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OptimisticStoreTest {

  record Card(String title, boolean done, long version) {
    Card titled(String other) {
      return new Card(other, done, version);
    }

    Card ticked() {
      return new Card(title, true, version);
    }
  }

  private static final PersistentMap<Integer, Card> START =
      PersistentMap.of(7, new Card("tea", false, 1));

  private final OptimisticStore<PersistentMap<Integer, Card>> board =
      OptimisticStore.of("board", START);
  private final List<PersistentMap<Integer, Card>> shown = new ArrayList<>();

  private static MutationPlan<PersistentMap<Integer, Card>, Card> about(int id) {
    return MutationPlan.about(b -> b.get(id), (b, card) -> b.plus(id, card));
  }

  private static Command<PersistentMap<Integer, Card>> title(int id, String title) {
    return b -> b.update(id, card -> card.titled(title));
  }

  @Test
  void mutate_acknowledged_confirmsWithoutAnotherNotification() {
    board.visible().subscribe(change -> shown.add(change.now()));
    CompletableFuture<String> answer = new CompletableFuture<>();

    Mutation<Card> mutation =
        board.mutate(title(7, "milk"), about(7).acknowledgedBy(Call.stage(sent -> answer)));

    assertThat(board.visible().get().get(7).title()).isEqualTo("milk");
    assertThat(board.confirmed().get().get(7).title()).isEqualTo("tea");
    assertThat(board.pending().get()).hasSize(1);
    answer.complete("ok");
    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Saved<>(new Card("milk", false, 1)));
    assertThat(board.confirmed().get()).isSameAs(board.visible().get());
    assertThat(board.pending().get()).isEmpty();
    assertThat(shown).hasSize(1);
  }

  @Test
  void mutate_failedBelowAnother_isGoneAndTheOtherStays() {
    CompletableFuture<String> first = new CompletableFuture<>();
    Mutation<Card> titled =
        board.mutate(title(7, "milk"), about(7).acknowledgedBy(Call.stage(sent -> first)));
    board.mutate(b -> b.update(7, Card::ticked), about(7));

    first.completeExceptionally(new IllegalStateException("offline"));

    assertThat(titled.stage().toCompletableFuture().join()).isInstanceOf(WriteResult.Failed.class);
    assertThat(board.visible().get().get(7)).isEqualTo(new Card("tea", true, 1));
    assertThat(board.deadLetters().get()).hasSize(1);
  }

  @Test
  void mutate_conflict_isMergedAndSentAgain() {
    List<Sending<Card>> sent = new ArrayList<>();
    List<CompletableFuture<WriteResult<Card>>> answers = new ArrayList<>();
    Mutation<Card> mutation =
        board.mutate(
            title(7, "milk"),
            about(7)
                .answeredBy(
                    Call.stage(
                        sending -> {
                          sent.add(sending);
                          answers.add(new CompletableFuture<>());
                          return answers.get(answers.size() - 1);
                        }))
                .onConflict(Resolution.merge(Merge.of(Card.class).field("version").theirs())));

    answers.get(0).complete(new WriteResult.Conflict<>(new Card("tea", true, 2)));

    assertThat(board.visible().get().get(7)).isEqualTo(new Card("milk", true, 2));
    assertThat(board.confirmed().get().get(7)).isEqualTo(new Card("tea", true, 2));
    assertThat(sent.get(1).mine()).isEqualTo(new Card("milk", true, 2));
    assertThat(sent.get(1).base()).isEqualTo(new Card("tea", true, 2));
    answers.get(1).complete(new WriteResult.Saved<>(new Card("milk", true, 3)));
    assertThat(mutation.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Saved<>(new Card("milk", true, 3)));
    assertThat(board.visible().get().get(7)).isEqualTo(new Card("milk", true, 3));
  }
}
