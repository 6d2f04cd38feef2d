package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.PersistentMap;
import io.stateward.flow.Call;
import io.stateward.optimistic.Pantry.Item;
import io.stateward.signal.ClosedException;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Recorder;
import io.stateward.signal.Reports;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MutationHistoryTest {

  private record Card(String column, long version) {}

  private record Move(int card, String column) {}

  /** A server that counts versions, and refuses when it is told to. */
  private static final class Server {
    final List<Move> moves = new ArrayList<>();
    boolean refusing;
    long version = 1;

    WriteResult<Card> move(Move move) {
      moves.add(move);
      return refusing
          ? new WriteResult.Rejected<>("the board is locked")
          : new WriteResult.Saved<>(new Card(move.column(), ++version));
    }
  }

  private static final PersistentMap<Integer, Card> START =
      PersistentMap.of(7, new Card("todo", 1)).plus(8, new Card("todo", 1));

  private final OptimisticStore<PersistentMap<Integer, Card>> board =
      OptimisticStore.of("board", START);
  private final MutationHistory<PersistentMap<Integer, Card>> history = MutationHistory.of(board);
  private final Server server = new Server();

  private static MutationPlan<PersistentMap<Integer, Card>, Card> about(int card) {
    return MutationPlan.about(cards -> cards.get(card), (cards, now) -> cards.plus(card, now));
  }

  private MutationPlan<PersistentMap<Integer, Card>, Card> moving(Move move) {
    return about(move.card())
        .answeredBy(Call.stage(sent -> CompletableFuture.completedFuture(server.move(move))));
  }

  private static Command<PersistentMap<Integer, Card>> moved(Move move) {
    return Command.named(
        "move",
        cards -> cards.update(move.card(), card -> new Card(move.column(), card.version())));
  }

  private Mutation<Card> moveAndTellHowBack(int card, String column) {
    Card now = board.visible().get().get(card);
    Move back = new Move(card, now == null ? "" : now.column());
    Move move = new Move(card, column);
    return history.mutate(moved(move), moving(move).undoneBy(moved(back), moving(back)));
  }

  private String column(int card) {
    Card now = board.visible().get().get(card);
    return now == null ? "none" : now.column();
  }

  private static String told(StepResult result) {
    return result.fold(
        cancelled -> "cancelled " + cancelled.step(),
        made -> "made " + made.step(),
        refused -> "refused: " + refused.reason(),
        () -> "nothing");
  }

  @Test
  void undo_underWay_cancelsIt() {
    Mutation<Card> move = history.mutate(moved(new Move(7, "done")), about(7));

    assertThat(told(history.undo())).isEqualTo("cancelled move");

    assertThat(move.stage().toCompletableFuture())
        .isCompletedWithValue(new WriteResult.Cancelled<>());
    assertThat(board.visible().get()).isSameAs(START);
    assertThat(board.pending().get()).isEmpty();
    assertThat(history.canUndo().get()).isFalse();
    assertThat(history.canRedo().get()).isTrue();
  }

  @Test
  void undo_settled_sendsTheInverseByItsOwnCall() {
    moveAndTellHowBack(7, "done");
    assertThat(column(7)).isEqualTo("done");

    assertThat(told(history.undo())).isEqualTo("made move");

    assertThat(server.moves).containsExactly(new Move(7, "done"), new Move(7, "todo"));
    assertThat(board.visible().get().get(7)).isEqualTo(new Card("todo", 3));
    assertThat(board.confirmed().get()).isSameAs(board.visible().get());
  }

  @Test
  void redo_afterAnInverse_makesTheMutationAgain() {
    moveAndTellHowBack(7, "done");
    history.undo();

    assertThat(told(history.redo())).isEqualTo("made move");

    assertThat(server.moves)
        .containsExactly(new Move(7, "done"), new Move(7, "todo"), new Move(7, "done"));
    assertThat(column(7)).isEqualTo("done");
    assertThat(told(history.undo())).isEqualTo("made move");
    assertThat(column(7)).isEqualTo("todo");
  }

  @Test
  void redo_afterACancel_makesTheMutationAgain() {
    Mutation<Card> first = history.mutate(moved(new Move(7, "done")), about(7));
    history.undo();

    StepResult again = history.redo();

    assertThat(column(7)).isEqualTo("done");
    assertThat(again)
        .isInstanceOfSatisfying(
            StepResult.Made.class,
            made -> assertThat(made.mutation().id()).isNotEqualTo(first.id()));
    assertThat(history.canRedo().get()).isFalse();
  }

  @Test
  void undo_settledWithoutAnInverse_putsBackWhatItWasAboutByTheSamePlan() {
    history.mutate(
        moved(new Move(7, "done")),
        about(7)
            .answeredBy(
                Call.stage(
                    sent ->
                        CompletableFuture.completedFuture(
                            server.move(new Move(7, sent.mineOrThrow().column()))))));
    board.external(cards -> cards.plus(8, new Card("doing", 5)));

    assertThat(told(history.undo())).isEqualTo("made move");

    assertThat(server.moves).containsExactly(new Move(7, "done"), new Move(7, "todo"));
    assertThat(board.visible().get())
        .isEqualTo(START.plus(7, new Card("todo", 3)).plus(8, new Card("doing", 5)));
  }

  @Test
  void undo_settledAndChangedByOthersSince_isRefusedAndStaysTheNextStep() {
    history.mutate(moved(new Move(7, "done")), moving(new Move(7, "done")));
    board.external(cards -> cards.plus(7, new Card("doing", 9)));

    assertThat(told(history.undo()))
        .isEqualTo(
            "refused: What 'move' was about has changed since, and would be overwritten. Say what undoes it with MutationPlan.undoneBy(...).");

    assertThat(column(7)).isEqualTo("doing");
    assertThat(history.undoName().get()).isEqualTo("move");
    assertThat(history.canRedo().get()).isFalse();
  }

  @Test
  void undo_settledCreation_isRefusedUnlessThePlanSaysHow() {
    history.mutate(cards -> cards.plus(9, new Card("todo", 1)), moving(new Move(9, "todo")));
    assertThat(told(history.undo())).contains("created what it is about");

    history.mutate(
        cards -> cards.plus(10, new Card("todo", 1)),
        moving(new Move(10, "todo"))
            .undoneBy(
                cards -> cards.minus(10),
                MutationPlan.<PersistentMap<Integer, Card>>whole()
                    .acknowledgedBy(
                        Call.stage(sent -> CompletableFuture.completedFuture("deleted")))));
    assertThat(told(history.undo())).isEqualTo("made unnamed");
    assertThat(board.confirmed().get()).doesNotContainKey(10).containsKey(9);
  }

  @Test
  void undo_settledRemoval_putsTheThingBack() {
    history.mutate(
        cards -> cards.minus(7),
        about(7).acknowledgedBy(Call.stage(sent -> CompletableFuture.completedFuture("ok"))));
    assertThat(board.confirmed().get()).doesNotContainKey(7);

    assertThat(told(history.undo())).isEqualTo("made unnamed");

    assertThat(board.confirmed().get()).isEqualTo(START);
  }

  @Test
  void undo_removalThatCameWithAPush_putsTheThingBack() {
    Mutation<Card> removal = history.mutate(cards -> cards.minus(7), about(7));
    board.external(cards -> cards.minus(7), removal.id());
    assertThat(removal.isSettled()).isTrue();

    assertThat(told(history.undo())).isEqualTo("made unnamed");

    assertThat(board.visible().get()).isEqualTo(START);
  }

  @Test
  void undo_confirmedByAPatchFromOutside_comparesWithThePatch() {
    Mutation<Card> move = history.mutate(moved(new Move(7, "done")), about(7));
    board.acknowledge(move.id(), cards -> cards.plus(7, new Card("done", 2)));

    assertThat(told(history.undo())).isEqualTo("made move");

    assertThat(column(7)).isEqualTo("todo");
  }

  @Test
  void undo_rejectedMutation_isNoStep() {
    moveAndTellHowBack(8, "done");
    server.refusing = true;
    moveAndTellHowBack(7, "done");
    assertThat(column(7)).isEqualTo("todo");
    server.refusing = false;

    assertThat(told(history.undo())).isEqualTo("made move");

    assertThat(column(8)).isEqualTo("todo");
    assertThat(told(history.undo())).isEqualTo("nothing");
  }

  @Test
  void undo_inverseThatIsRejected_leavesTheStepToBeUndoneOnceMore() {
    moveAndTellHowBack(7, "done");
    server.refusing = true;

    assertThat(told(history.undo())).isEqualTo("made move");

    assertThat(column(7)).isEqualTo("done");
    assertThat(history.canUndo().get()).isTrue();
    assertThat(history.canRedo().get()).isFalse();
    server.refusing = false;
    history.undo();
    assertThat(column(7)).isEqualTo("todo");
  }

  @Test
  void undo_inverseThatThrows_isRefusedWithTheCause() {
    history.mutate(
        moved(new Move(7, "done")),
        moving(new Move(7, "done"))
            .undoneBy(
                cards -> {
                  throw new IllegalArgumentException("no way back");
                }));

    assertThat(history.undo())
        .isInstanceOfSatisfying(
            StepResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("cannot be undone", "no way back");
              assertThat(refused.cause()).isInstanceOf(IllegalArgumentException.class);
            });
    assertThat(history.canUndo().get()).isTrue();
    assertThat(board.pending().get()).isEmpty();
  }

  @Test
  void redo_commandThatDoesNotFitAnyMore_isRefusedAndStaysTheNextOne() {
    Command<PersistentMap<Integer, Card>> strict =
        cards -> {
          if (!cards.containsKey(8)) {
            throw new IllegalStateException("no card 8");
          }
          return cards.update(8, card -> new Card("done", card.version()));
        };
    history.mutate(strict, about(8));
    history.undo();
    board.external(cards -> cards.minus(8));

    assertThat(told(history.redo())).contains("cannot be made again", "no card 8");

    assertThat(history.canRedo().get()).isTrue();
    assertThat(history.canUndo().get()).isFalse();
  }

  @Test
  void mutate_new_dropsWhatCouldBeRedone() {
    history.mutate(moved(new Move(7, "done")), about(7));
    history.undo();

    history.mutate(moved(new Move(8, "done")), about(8));

    assertThat(history.redo()).isEqualTo(new StepResult.Nothing());
    assertThat(history.undoName().get()).isEqualTo("move");
  }

  @Test
  void mutate_throughTheStore_isNoStep() {
    board.mutate(moved(new Move(7, "done")), about(7));

    assertThat(history.undo()).isEqualTo(new StepResult.Nothing());
  }

  @Test
  void mutate_moreThanAreKept_forgetsTheOldest() {
    for (int i = 0; i <= MutationHistory.STEPS; i++) {
      history.mutate(moved(new Move(7, "column " + i)), about(7));
    }
    int undone = 0;
    while (!(history.undo() instanceof StepResult.Nothing)) {
      undone++;
    }

    assertThat(undone).isEqualTo(MutationHistory.STEPS);
    assertThat(column(7)).isEqualTo("column 0");
  }

  @Test
  void undo_storeOfTypedCommands_needsATypedInverse() {
    try (OptimisticStore<PersistentMap<String, Integer>> pantry =
        OptimisticStore.over("pantry", PersistentMap.<String, Integer>of())
            .commands(Pantry.ADD, Pantry.TAKE)
            .open()) {
      MutationHistory<PersistentMap<String, Integer>> steps = MutationHistory.of(pantry);
      Item tea = new Item("tea", 2);
      Mutation<Integer> plain = steps.mutate(Pantry.ADD.with(tea), Pantry.about("tea"));
      pantry.acknowledge(plain.id());
      assertThat(told(steps.undo())).contains("has to be a command of its types");

      Mutation<Integer> typed =
          steps.mutate(Pantry.ADD.with(tea), Pantry.about("tea").undoneBy(Pantry.TAKE.with(tea)));
      pantry.acknowledge(typed.id());
      assertThat(told(steps.undo())).isEqualTo("made pantry/add");
      assertThat(pantry.visible().get()).isEqualTo(PersistentMap.of("tea", 2));
    }
  }

  @Test
  void signals_followTheSteps() {
    Recorder<Boolean> undoable = new Recorder<>();
    history.canUndo().subscribe(undoable);

    moveAndTellHowBack(7, "done");
    assertThat(history.undoName().get()).isEqualTo("move");
    assertThat(history.redoName().get()).isNull();
    history.undo();
    assertThat(history.undoName().get()).isNull();
    assertThat(history.redoName().get()).isEqualTo("move");
    history.clear();

    assertThat(history.canRedo().get()).isFalse();
    assertThat(undoable.values()).containsExactly(true, false);
  }

  @Test
  void history_closedOrInsideAnUpdater_isRefused() {
    assertThatThrownBy(
            () ->
                board.external(
                    cards -> {
                      history.undo();
                      return cards;
                    }))
        .isInstanceOf(NestedUpdateException.class);
    moveAndTellHowBack(7, "done");

    history.close();
    history.close();

    assertThat(history.canUndo().get()).isFalse();
    assertThatThrownBy(history::undo)
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("history of 'board'");
    assertThat(column(7)).isEqualTo("done");
  }

  @Test
  void mutate_lensThatThrowsWhenTheStepIsNoted_isReportedAndTheMutationGoesOn() {
    AtomicInteger reads = new AtomicInteger();
    try (Reports reports = new Reports()) {
      Mutation<Card> move =
          history.mutate(
              moved(new Move(7, "done")),
              MutationPlan.about(
                  cards -> {
                    if (reads.incrementAndGet() == 1) {
                      throw new IllegalStateException("unreadable");
                    }
                    return cards.get(7);
                  },
                  (cards, card) -> cards.plus(7, card)));

      assertThat(reports.naming("board")).hasSize(1);
      assertThat(board.acknowledge(move.id())).isEqualTo(Settlement.SETTLED);
      assertThat(history.canUndo().get()).isFalse();
    }
  }

  @Test
  void undo_twoThreadsAtOnce_undoTwoSteps() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      OptimisticStore<Integer> counter = OptimisticStore.of("counter", 0);
      MutationHistory<Integer> steps = MutationHistory.of(counter);
      steps.mutate(n -> n + 1, MutationPlan.whole());
      steps.mutate(n -> n + 10, MutationPlan.whole());
      steps.mutate(n -> n + 100, MutationPlan.whole());
      CountDownLatch both = new CountDownLatch(2);
      Runnable undoing =
          () -> {
            both.countDown();
            try {
              both.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            steps.undo();
          };
      Thread other = new Thread(undoing);
      other.start();
      undoing.run();
      other.join();

      assertThat(counter.visible().get()).isEqualTo(1);
      steps.redo();
      steps.redo();
      assertThat(counter.visible().get()).isEqualTo(111);
    }
  }
}
