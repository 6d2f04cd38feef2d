package io.stateward.examples.cookbook;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.collection.PersistentMap;
import io.stateward.flow.Backoff;
import io.stateward.flow.Call;
import io.stateward.flow.Retry;
import io.stateward.jackson.Jackson;
import io.stateward.optimistic.CommandType;
import io.stateward.optimistic.MutationHistory;
import io.stateward.optimistic.MutationPlan;
import io.stateward.optimistic.OptimisticStore;
import io.stateward.optimistic.SavedLog;
import io.stateward.persist.Persistence;
import io.stateward.scope.Scope;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is under way outlives the process, is sent by the next one, and can be undone. */
final class OptimisticOffline {

  private OptimisticOffline() {}

  // tag: state
  record Board(PersistentMap<String, String> columns) {

    static Board empty() {
      return new Board(PersistentMap.of());
    }

    @Nullable String columnOf(String card) {
      return columns.get(card);
    }

    Board moved(String card, String column) {
      return new Board(columns.plus(card, column));
    }
  }

  record Move(String card, String to) {}

  // end

  /** The server, as the client sees it. */
  // tag: api
  interface Api {
    CompletionStage<Void> move(Move move, String idempotencyKey);
  }

  // end

  // tag: command
  static final CommandType<Board, Move> MOVE =
      CommandType.of(
          "card/move",
          Jackson.codec("move/1", Move.class),
          (board, move) -> board.moved(move.card(), move.to()));

  // end

  // tag: plan
  static MutationPlan<Board, String> moving(Move move, Api api) {
    return MutationPlan.<Board, String>about(
            board -> board.columnOf(move.card()),
            (board, column) -> board.moved(move.card(), column))
        .acknowledgedBy(Call.stage(sent -> api.move(move, sent.id().toString())))
        .retry(Retry.after(Backoff.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1))))
        .scope(move.card());
  }

  // end

  static OptimisticStore<Board> open(Scope application, Api api, Timekeeper timekeeper) {
    // tag: open
    OptimisticStore<Board> board =
        application.own(
            OptimisticStore.over("board", Board.empty())
                .timekeeper(timekeeper)
                .commands(MOVE)
                .resuming(MOVE, move -> moving(move, api))
                .open());
    // end
    return board;
  }

  // tag: codec
  static final Codec<Board> BOARD = Jackson.codec("board/1", Board.class);

  // end

  static Persistence keep(
      Scope application, OptimisticStore<Board> board, Path folder, Executor executor) {
    // tag: keep
    Persistence kept =
        application.own(
            board
                .persistence()
                .open(folder.resolve("board.json"), SavedLog.codec(BOARD), executor));
    // end
    return kept;
  }

  static void mutate(OptimisticStore<Board> board, Api api) {
    // tag: mutate
    Move move = new Move("milk", "done");
    board.mutate(MOVE.with(move), moving(move, api)); // shown now, stored soon, sent when it can be
    // end
  }

  static void unreadable(OptimisticStore<Board> board, Consumer<String> show) {
    // tag: unreadable
    board
        .deadLetters()
        .subscribe(change -> change.now().forEach(letter -> show.accept(letter.reason())));
    // end
  }

  static Persistence migrated(OptimisticStore<Board> board, Path folder, Executor executor) {
    // tag: migrated
    Persistence kept =
        board
            .persistence()
            .schema(2)
            .migrate(1, OptimisticOffline::renamedCommands)
            .open(folder.resolve("board.json"), SavedLog.codec(BOARD), executor);
    // end
    return kept;
  }

  // tag: migration
  /** What is "card/move" now was called "move" in schema 1. */
  static Tree renamedCommands(Tree log) {
    Tree renamed = log;
    for (int i = 0; i < log.at("/mutations").asArray().elements().size(); i++) {
      String type = "/mutations/%d/command/type".formatted(i);
      if (log.find(type).filter(Tree.of("move")::equals).isPresent()) {
        renamed = renamed.with(type, Tree.of("card/move"));
      }
    }
    return renamed;
  }

  // end

  static MutationHistory<Board> history(Scope application, OptimisticStore<Board> board) {
    // tag: history
    MutationHistory<Board> history = application.own(MutationHistory.of(board));
    // end
    return history;
  }

  // tag: step
  static void move(
      OptimisticStore<Board> board, MutationHistory<Board> history, Move move, Api api) {
    String column = board.visible().get().columnOf(move.card());
    Move back = new Move(move.card(), column == null ? "new" : column);
    history.mutate(MOVE.with(move), moving(move, api).undoneBy(MOVE.with(back), moving(back, api)));
  }

  // end

  static void undo(MutationHistory<Board> history, Consumer<String> show) {
    // tag: undo
    show.accept(
        history
            .undo()
            .fold(
                cancelled -> cancelled.step() + " was not sent",
                made -> made.step() + " is being taken back",
                refused -> refused.reason(),
                () -> "nothing to undo"));
    // end
  }

  static Signal<String> menu(MutationHistory<Board> history) {
    // tag: menu
    Signal<String> text = history.undoName().map(name -> name == null ? "Undo" : "Undo " + name);
    // end
    return text;
  }
}
