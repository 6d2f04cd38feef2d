package io.stateward.examples.cookbook;

import io.stateward.codec.Codec;
import io.stateward.collection.PersistentVector;
import io.stateward.history.History;
import io.stateward.history.SavedHistory;
import io.stateward.history.StepSize;
import io.stateward.jackson.Jackson;
import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.time.Duration;
import java.util.function.Consumer;

/** Undo and redo for those who use the application. */
final class Undo {

  private Undo() {}

  // tag: state
  record Document(String title, PersistentVector<String> lines) {

    Document withTitle(String now) {
      return new Document(now, lines);
    }

    Document plus(String line) {
      return new Document(title, lines.append(line));
    }

    Document without(int line) {
      return new Document(title, lines.without(line));
    }
  }

  record Editor(Document document, int scrolledTo) {

    Editor withDocument(Document now) {
      return new Editor(now, scrolledTo);
    }
  }

  // end

  static History<Document> open(Store<Editor> store) {
    // tag: open
    Store<Document> document = store.slice(Editor::document, Editor::withDocument);
    History<Document> history = History.of(document); // scrolling is not undone
    // end
    return history;
  }

  static void edit(Store<Document> document, History<Document> history, Consumer<String> show) {
    // tag: edit
    document.update(it -> it.plus("milk"));
    document.update(it -> it.plus("bread")); // each change is a step

    String said =
        history.undo().fold(undone -> "left: " + undone.state().lines(), () -> "nothing to undo");
    show.accept(said); // left: [milk]
    history.redo(); // [milk, bread]
    // end
  }

  static void typing(Store<Document> document, History<Document> history) {
    // tag: typing
    history.coalesce("Typing", "title", () -> document.update(it -> it.withTitle("S")));
    history.coalesce("Typing", "title", () -> document.update(it -> it.withTitle("Sh")));
    history.coalesce("Typing", "title", () -> document.update(it -> it.withTitle("Shopping")));
    // end
  }

  static void group(Store<Document> document, History<Document> history) {
    // tag: group
    history.group(
        "Clear",
        () -> {
          while (!document.get().lines().isEmpty()) {
            document.update(it -> it.without(0));
          }
        });
    // end
  }

  static Subscription menu(
      History<Document> history, Consumer<Boolean> enabled, Consumer<String> text) {
    // tag: menu
    Subscription shown =
        history
            .status()
            .subscribe(
                Delivery.latest().withCurrent(),
                change -> {
                  enabled.accept(change.now().undoable() > 0);
                  String name = change.now().undoName();
                  text.accept(name == null ? "Undo" : "Undo " + name);
                });
    // end
    return shown;
  }

  static void received(Store<Document> document, History<Document> history) {
    // tag: unrecorded
    history.unrecorded(() -> document.update(it -> it.plus("from a colleague")));
    // end
  }

  static History<Document> bounded(Store<Document> document) {
    // tag: bounds
    History<Document> history =
        History.over(document)
            .steps(500)
            .retaining(1_000_000, StepSize.whole(it -> it.lines().size()))
            .coalescing(Duration.ofSeconds(1))
            .start();
    // end
    return history;
  }

  // tag: keep
  static final Codec<SavedHistory<Document>> STEPS =
      SavedHistory.codec(Jackson.codec("document/1", Document.class), 500);

  static byte[] keep(History<Document> history) {
    return STEPS.encode(history.save());
  }

  static boolean takeUp(Store<Document> document, History<Document> history, byte[] kept) {
    SavedHistory<Document> saved = STEPS.decode(kept);
    document.set(saved.current()); // the steps belong to this state
    return history.restore(saved).fold(restored -> true, diverged -> false);
  }
  // end
}
