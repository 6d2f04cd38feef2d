package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.collection.PersistentMap;
import io.stateward.examples.cookbook.OptimisticOffline.Api;
import io.stateward.examples.cookbook.OptimisticOffline.Board;
import io.stateward.examples.cookbook.OptimisticOffline.Move;
import io.stateward.optimistic.CommandType;
import io.stateward.optimistic.DeadLetter;
import io.stateward.optimistic.MutationHistory;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.SavedLog;
import io.stateward.persist.Persistence;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OptimisticOfflineTest {

  /** A server that applies each key once, and cannot always be reached. */
  private static final class Server implements Api {
    final List<Move> applied = new ArrayList<>();
    final Set<String> keys = new LinkedHashSet<>();
    int calls;
    boolean reachable = true;
    boolean answering = true;

    @Override
    public CompletionStage<Void> move(Move move, String idempotencyKey) {
      calls++;
      if (!reachable) {
        return CompletableFuture.failedFuture(new IllegalStateException("offline"));
      }
      if (keys.add(idempotencyKey)) {
        applied.add(move);
      }
      return answering ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }
  }

  @TempDir private Path folder;
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Server server = new Server();
  private final List<String> shown = new ArrayList<>();

  private OptimisticStore<Board> open(Scope application) {
    OptimisticStore<Board> board = OptimisticOffline.open(application, server, time);
    OptimisticOffline.keep(application, board, folder, Runnable::run);
    return board;
  }

  @Test
  void mutate_offline_isSentByTheNextProcess() {
    server.reachable = false;
    try (Scope application = Scope.root("first")) {
      OptimisticStore<Board> board = open(application);
      OptimisticOffline.mutate(board, server);
      time.advance(Duration.ofSeconds(10));
      assertThat(board.visible().get().columnOf("milk")).isEqualTo("done");
      assertThat(board.confirmed().get()).isEqualTo(Board.empty());
    }
    assertThat(server.calls).isGreaterThan(2);
    server.reachable = true;

    try (Scope application = Scope.root("second")) {
      OptimisticStore<Board> board = open(application);

      assertThat(server.applied).containsExactly(new Move("milk", "done"));
      assertThat(board.confirmed().get())
          .isEqualTo(new Board(PersistentMap.of("milk", "done")))
          .isEqualTo(board.visible().get());
    }
  }

  @Test
  void mutate_answerLost_isSentOnceMoreAndAppliedOnce() {
    server.answering = false;
    try (Scope application = Scope.root("first")) {
      OptimisticOffline.mutate(open(application), server);
    }
    server.answering = true;

    try (Scope application = Scope.root("second")) {
      OptimisticStore<Board> board = open(application);

      assertThat(server.calls).isEqualTo(2);
      assertThat(server.applied).hasSize(1);
      assertThat(board.pending().get()).isEmpty();
    }
  }

  @Test
  void keep_commandOfAnotherVersion_isShownAndMigratesLater() {
    CommandType<Board, Move> old =
        CommandType.of(
            "move", OptimisticOffline.MOVE.codec(), (board, move) -> board.moved(move.card(), "x"));
    try (OptimisticStore<Board> board =
            OptimisticStore.over("board", Board.empty()).commands(old).open();
        Persistence kept =
            board
                .persistence()
                .open(
                    folder.resolve("board.json"),
                    SavedLog.codec(OptimisticOffline.BOARD),
                    Runnable::run)) {
      board.mutate(old.with(new Move("milk", "done")), MutationPlan.whole());
    }
    try (Scope application = Scope.root("second")) {
      OptimisticStore<Board> board = OptimisticOffline.open(application, server, time);
      OptimisticOffline.unreadable(board, shown::add);
      OptimisticOffline.keep(application, board, folder, Runnable::run);

      assertThat(shown).singleElement().asString().contains("'move'", "It stays stored");
      assertThat(board.deadLetters().get().get(0).kind()).isEqualTo(DeadLetter.Kind.UNKNOWN);
    }
    try (OptimisticStore<Board> board =
            OptimisticStore.over("board", Board.empty()).commands(OptimisticOffline.MOVE).open();
        Persistence kept = OptimisticOffline.migrated(board, folder, Runnable::run)) {
      assertThat(board.visible().get().columnOf("milk")).isEqualTo("done");
    }
  }

  @Test
  void migration_otherCommands_areLeftAlone() {
    Tree log = Tree.parse("{\"mutations\":[{\"command\":{\"batch\":\"x\",\"commands\":[]}}]}");

    assertThat(OptimisticOffline.renamedCommands(log)).isEqualTo(log);
  }

  @Test
  void undo_settledOrNot_takesTheMoveBack() {
    try (Scope application = Scope.root("first")) {
      OptimisticStore<Board> board = open(application);
      MutationHistory<Board> history = OptimisticOffline.history(application, board);
      Signal<String> menu = OptimisticOffline.menu(history);
      OptimisticOffline.move(board, history, new Move("milk", "todo"), server);
      OptimisticOffline.move(board, history, new Move("milk", "done"), server);
      assertThat(menu.get()).isEqualTo("Undo card/move");

      OptimisticOffline.undo(history, shown::add);
      assertThat(server.applied)
          .containsExactly(
              new Move("milk", "todo"), new Move("milk", "done"), new Move("milk", "todo"));
      server.reachable = false;
      OptimisticOffline.move(board, history, new Move("milk", "doing"), server);
      OptimisticOffline.undo(history, shown::add);

      assertThat(board.visible().get().columnOf("milk")).isEqualTo("todo");
      assertThat(shown).containsExactly("card/move is being taken back", "card/move was not sent");
      server.reachable = true;
      OptimisticOffline.undo(history, shown::add);
      OptimisticOffline.undo(history, shown::add);
      assertThat(shown).endsWith("card/move is being taken back", "nothing to undo");
      assertThat(menu.get()).isEqualTo("Undo");
    }
  }
}
