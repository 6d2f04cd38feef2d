package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Codec;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntityTable;
import io.stateward.signal.Signal;
import io.stateward.store.ReducingStore;
import io.stateward.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the package's pages. */
final class HistoryExamplesTest {

  /** The state of the examples. */
  record Drawing(String title, List<Integer> shapes) {
    Drawing aligned(int shape) {
      return new Drawing(title, shapes.stream().map(x -> x == shape ? x / 10 * 10 : x).toList());
    }

    Drawing titled(String text) {
      return new Drawing(text, shapes);
    }

    long bytes() {
      return 2L * title.length() + 16L * shapes.size();
    }
  }

  /** A button. */
  static final class Button {
    final List<Boolean> enabled = new ArrayList<>();

    void enabledWhile(Signal<Boolean> condition) {
      enabled.add(condition.get());
      condition.subscribe(change -> enabled.add(change.now()));
    }
  }

  private final Store<Drawing> store = Store.of(new Drawing("", List.of(11, 22, 33)));

  @Test
  void history_example() {
    Button undoButton = new Button();

    History<Drawing> history = History.of(store);
    history.group(
        "Align", () -> List.of(11, 22).forEach(shape -> store.update(d -> d.aligned(shape))));
    for (String text : List.of("P", "Pl", "Plan")) {
      history.coalesce("Typing", "title", () -> store.update(d -> d.titled(text)));
    }
    undoButton.enabledWhile(history.canUndo());
    String said = history.undo().fold(undone -> "Undid " + undone.step(), () -> "Nothing to undo");

    assertThat(said).isEqualTo("Undid Typing");
    assertThat(store.get()).isEqualTo(new Drawing("", List.of(10, 20, 33)));
    history.undo();
    assertThat(store.get()).isEqualTo(new Drawing("", List.of(11, 22, 33)));
    assertThat(undoButton.enabled).containsExactly(true, false);
  }

  @Test
  void builder_example() {
    History<Drawing> history =
        History.over(store)
            .steps(500)
            .retaining(10_000_000, StepSize.whole(Drawing::bytes))
            .coalescing(Duration.ofSeconds(1))
            .start();
    store.update(d -> d.titled("Plan"));

    assertThat(history.status().get().retained()).isEqualTo(48);
  }

  @Test
  void stepSize_example() {
    record Shape(Long id, long bytes) {}
    record App(EntityTable<Long, Shape> shapes) {}
    EntityTable<Long, Shape> none = EntityTable.of(Shape::id);
    Store<App> app = Store.of(new App(none.set(new Shape(1L, 100))));

    History<App> history =
        History.over(app)
            .retaining(64_000_000, StepSize.entities(App::shapes, Shape::bytes))
            .start();
    app.update(now -> new App(now.shapes().set(new Shape(1L, 200))));

    assertThat(history.status().get().retained()).isEqualTo(100);
  }

  @Test
  void savedHistory_example() {
    Codec<Drawing> drawings =
        Codec.text().map("drawing/1", text -> new Drawing(text, List.of()), Drawing::title);
    store.set(new Drawing("a", List.of()));
    History<Drawing> history = History.of(store);
    store.set(new Drawing("b", List.of()));

    Codec<SavedHistory<Drawing>> codec = SavedHistory.codec(drawings, 1_000);
    byte[] kept = codec.encode(history.save());
    RestoreResult<Drawing> result = history.restore(codec.decode(kept));

    assertThat(result).isEqualTo(new RestoreResult.Restored<>(1));
  }

  @Test
  void timeline_example(@TempDir Path folder) throws Exception {
    record Move(String to) {}
    record Board(String moves) {
      Board after(Move move) {
        return new Board(moves + move.to());
      }
    }
    ReducingStore<Board, Move> board = Store.reducing(new Board(""), Board::after);
    Timeline<Board, Move> timeline = Timeline.of(board);
    for (char to = 'a'; to <= 't'; to++) {
      board.dispatch(new Move(String.valueOf(to)));
    }

    Signal<Board> shown = timeline.view();
    timeline.jump(17);
    assertThat(shown.get().moves()).isEqualTo("abcdefghijklmnopq");
    timeline.skip(12);
    assertThat(shown.get().moves()).isEqualTo("abcdefghijkmnopq");
    timeline.includeAll();
    timeline.resume();
    assertThat(shown.get()).isEqualTo(board.get());

    TreeCodec<Board> boards =
        TreeCodec.over(
            Codec.of("board/1", b -> utf8("\"" + b.moves() + "\""), b -> new Board(unquoted(b))));
    TreeCodec<Move> moves =
        TreeCodec.over(
            Codec.of("move/1", m -> utf8("\"" + m.to() + "\""), b -> new Move(unquoted(b))));
    Path report = folder.resolve("report.json");
    TreeCodec<SavedTimeline<Board, Move>> codec = SavedTimeline.codec(boards, moves, 10_000);
    Files.write(report, codec.encode(timeline.save()));
    Timeline<Board, Move> seen =
        Timeline.open(codec.decode(Files.readAllBytes(report)), Board::after);
    assertThat(seen.moments()).isEqualTo(timeline.moments());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String unquoted(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    return text.substring(1, text.length() - 1);
  }
}
