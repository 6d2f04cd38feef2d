package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.PersistentVector;
import io.stateward.examples.cookbook.Undo.Document;
import io.stateward.examples.cookbook.Undo.Editor;
import io.stateward.history.History;
import io.stateward.history.UndoResult;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UndoTest {

  private static final Document EMPTY = new Document("", PersistentVector.of());

  private final List<String> shown = new ArrayList<>();
  private final Store<Editor> store = Store.of("editor", new Editor(EMPTY, 0));
  private final Store<Document> document = store.slice(Editor::document, Editor::withDocument);
  private final History<Document> history = Undo.open(store);

  @Test
  void edit_undoAndRedo_walkThroughTheSteps() {
    Undo.edit(document, history, shown::add);

    assertThat(shown).containsExactly("left: [milk]");
    assertThat(document.get().lines()).containsExactly("milk", "bread");
  }

  @Test
  void undo_nothingToUndo_isAResult() {
    assertThat(history.undo()).isEqualTo(new UndoResult.NothingToUndo<>());
  }

  @Test
  void undo_anotherPart_staysAsItIs() {
    document.update(it -> it.plus("milk"));
    store.update(editor -> new Editor(editor.document(), 40));

    history.undo();

    assertThat(store.get()).isEqualTo(new Editor(EMPTY, 40));
    assertThat(history.canUndo().get()).isFalse();
  }

  @Test
  void typing_isOneStep() {
    Undo.typing(document, history);
    assertThat(document.get().title()).isEqualTo("Shopping");

    history.undo();

    assertThat(document.get()).isEqualTo(EMPTY);
  }

  @Test
  void group_isOneStep() {
    document.update(it -> it.plus("milk"));
    document.update(it -> it.plus("bread"));

    Undo.group(document, history);
    assertThat(document.get().lines()).isEmpty();
    history.undo();

    assertThat(document.get().lines()).containsExactly("milk", "bread");
  }

  @Test
  void menu_followsTheSteps() {
    List<Boolean> enabled = new ArrayList<>();
    Undo.menu(history, enabled::add, shown::add);

    document.update(it -> it.plus("milk"));
    Undo.typing(document, history);
    history.undo();
    history.undo();

    assertThat(shown.get(0)).isEqualTo("Undo");
    assertThat(shown).contains("Undo Typing");
    assertThat(enabled).contains(true).startsWith(false);
    assertThat(enabled.get(enabled.size() - 1)).isFalse();
  }

  @Test
  void unrecorded_isNoStep() {
    Undo.received(document, history);

    assertThat(history.canUndo().get()).isFalse();
    assertThat(document.get().lines()).containsExactly("from a colleague");
  }

  @Test
  void bounds_tooMuch_dropsTheOldestSteps() {
    try (History<Document> bounded = Undo.bounded(document)) {
      for (int i = 0; i < 600; i++) {
        document.update(it -> it.withTitle(it.title() + "."));
      }

      assertThat(bounded.status().get().undoable()).isEqualTo(500);
    }
  }

  @Test
  void keep_takeUp_continuesWhereItWas() {
    document.update(it -> it.plus("milk"));
    document.update(it -> it.plus("bread"));
    history.undo();
    byte[] kept = Undo.keep(history);

    Store<Document> later = Store.of("document", EMPTY);
    try (History<Document> continued = History.of(later)) {
      assertThat(Undo.takeUp(later, continued, kept)).isTrue();

      assertThat(later.get().lines()).containsExactly("milk");
      continued.redo();
      assertThat(later.get().lines()).containsExactly("milk", "bread");
    }
  }
}
