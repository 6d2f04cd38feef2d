package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.examples.cookbook.OptimisticUpdates.Board;
import io.stateward.examples.cookbook.OptimisticUpdates.Card;
import io.stateward.flow.Call;
import io.stateward.optimistic.Mutation;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.store.WriteResult;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OptimisticUpdatesTest {

  private static final Card MILK = new Card(7, "Milk", false);
  private static final Card DONE = new Card(7, "Milk", true);

  private final List<String> told = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final ManualExecutor executor = new ManualExecutor();
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final OptimisticStore<Board> board =
      OptimisticUpdates.open(new Board(EntityTable.of(Card::id).set(MILK)));

  /** Answers what it is told to; null for what it cannot reach. */
  private final class Server implements OptimisticUpdates.Api {
    private WriteResult<Card> answer = new WriteResult.Saved<>(DONE);
    private int failures;

    @Override
    public WriteResult<Card> save(Card card, String key) throws IOException {
      keys.add(key);
      if (failures-- > 0) {
        throw new IOException("no network");
      }
      return answer;
    }

    @Override
    public Card create(String title, String key) {
      return new Card(8, title, false);
    }

    @Override
    public List<Card> all() {
      return List.of(new Card(9, "Tea", false));
    }
  }

  private final Server server = new Server();

  private List<Card> visible() {
    return List.copyOf(board.visible().get().cards().values());
  }

  @Test
  void mutate_showsAtOnce_andIsSaved() {
    List<Board> shown = new ArrayList<>();
    OptimisticUpdates.show(board, shown::add);

    OptimisticUpdates.mutate(board, server, executor, told::add);
    assertThat(visible()).containsExactly(DONE);
    executor.runAll();

    assertThat(told).containsExactly("saved");
    assertThat(shown).hasSize(1); // the right guess told nobody
    assertThat(board.confirmed().get()).isEqualTo(board.visible().get());
  }

  @Test
  void mutate_refused_isTakenBack() {
    OptimisticUpdates.letters(board, told::add);
    server.answer = new WriteResult.Rejected<>("not today");

    OptimisticUpdates.mutate(board, server, executor, told::add);
    executor.runAll();

    assertThat(visible()).containsExactly(MILK);
    assertThat(told).containsExactlyInAnyOrder("unnamed: not today", "refused: not today");
  }

  @Test
  void overlap_rejection_takesBackItsOwnPartAlone() {
    OptimisticUpdates.overlap(board, OptimisticUpdates.saving(7, server, executor));

    assertThat(visible()).containsExactly(DONE);
  }

  @Test
  void patient_callFails_isTriedAgainWithTheSameKey() {
    OptimisticStore<Board> timed = OptimisticUpdates.onTime(board.confirmed().get(), time);
    server.failures = 2;

    Mutation<Card> finished =
        timed.mutate(
            it -> it.finished(7),
            OptimisticUpdates.patient(OptimisticUpdates.saving(7, server, Runnable::run)));
    time.advance(Duration.ofSeconds(5));

    assertThat(finished.stage()).isCompletedWithValue(new WriteResult.Saved<>(DONE));
    assertThat(keys).hasSize(3).containsOnly(finished.id().toString());
  }

  @Test
  void patient_noAnswer_isAskedForAgainAndDropped() {
    OptimisticStore<Board> timed = OptimisticUpdates.onTime(board.confirmed().get(), time);

    Mutation<Card> finished =
        timed.mutate(
            it -> it.finished(7),
            OptimisticUpdates.patient(
                MutationPlan.<Board, Card>about(it -> it.cards().get(7L), Board::with)
                    .answeredBy(
                        Call.stage(
                            sent -> {
                              keys.add(sent.id().toString());
                              return new CompletableFuture<>();
                            }))));
    time.advance(Duration.ofSeconds(40));

    assertThat(keys).hasSize(4);
    assertThat(finished.isSettled()).isTrue();
    assertThat(timed.visible().get().cards().get(7L)).isEqualTo(MILK);
  }

  @Test
  void told_callbacks_comeInOrder() {
    server.answer = new WriteResult.Rejected<>("not today");

    board.mutate(
        it -> it.finished(7),
        OptimisticUpdates.told(
            OptimisticUpdates.saving(7, server, Runnable::run),
            told::add,
            () -> told.add("spin"),
            () -> told.add("stop")));

    assertThat(told).containsExactly("spin", "taken back: Rejected[reason=not today]", "stop");
  }

  @Test
  void create_editedBeforeItIsNamed_isRemapped() {
    OptimisticUpdates.create(board, server, executor, -1);
    OptimisticUpdates.edit(
        board, Call.stage(sent -> new CompletableFuture<>()), -1); // never answered
    assertThat(visible()).containsExactlyInAnyOrder(MILK, new Card(-1, "Rye bread", false));

    executor.runAll();

    assertThat(visible()).containsExactlyInAnyOrder(MILK, new Card(8, "Rye bread", false));
    assertThat(board.ids().real(-1L)).isEqualTo(8L);
  }

  @Test
  void pushed_echo_countsOnce() {
    Mutation<Card> finished =
        board.mutate(it -> it.finished(7), OptimisticUpdates.saving(7, server, executor));

    OptimisticUpdates.pushed(board, DONE, finished.id().toString());
    executor.runAll();

    assertThat(finished.stage()).isCompletedWithValue(new WriteResult.Saved<>(DONE));
    assertThat(visible()).containsExactly(DONE);
  }

  @Test
  void outside_acknowledged_isConfirmed() {
    Mutation<Card> finished =
        OptimisticUpdates.outside(
            board, MutationPlan.<Board, Card>about(it -> it.cards().get(7L), Board::with));

    assertThat(finished.isSettled()).isTrue();
    assertThat(board.confirmed().get().cards().get(7L)).isEqualTo(DONE);
  }

  @Test
  void refresh_mutationUnderWay_waitsForIt() {
    Mutation<Card> finished =
        board.mutate(
            it -> it.finished(7),
            MutationPlan.<Board, Card>about(it -> it.cards().get(7L), Board::with));
    var read = OptimisticUpdates.refresh(board, server, executor);
    executor.runAll();
    assertThat(read.isDone()).isFalse();

    board.acknowledge(finished.id());
    executor.runAll();

    assertThat(visible()).containsExactly(new Card(9, "Tea", false));
  }

  @Test
  void cancel_takesItOut() {
    Mutation<Card> finished =
        board.mutate(it -> it.finished(7), OptimisticUpdates.saving(7, server, executor));

    OptimisticUpdates.undo(finished);

    assertThat(visible()).containsExactly(MILK);
    assertThat(finished.stage()).isCompletedWithValue(new WriteResult.Cancelled<>());
  }
}
