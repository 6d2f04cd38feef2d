package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.SharedText.Cursors;
import io.stateward.examples.cookbook.SharedText.Editor;
import io.stateward.examples.cookbook.SharedText.Screen;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextRange;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SharedTextTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Executor later = task -> time.schedule(Duration.ZERO, task);
  private final MemoryNetwork network = MemoryNetwork.create(later, time, 7);
  private final SyncHub hub = SharedText.hub(later, time);
  private final List<String> shown = new ArrayList<>();
  private SyncClient client;
  private SyncClient other;
  private TextDocument notes;
  private TextDocument theirs;

  @BeforeEach
  void open() {
    network.listen(hub::accept);
    client = SharedText.client(network.transport("ada"), later, time);
    other = SharedText.client(network.transport("bob"), later, time);
    notes = client.text("notes");
    theirs = other.text("notes");
    settle();
  }

  @AfterEach
  void close() {
    client.close();
    other.close();
    hub.shutdown();
    settle();
  }

  private void settle() {
    time.advance(Duration.ofSeconds(5));
  }

  @Test
  void edits_ofOne_areSeenByTheOther() {
    TextDocument same = SharedText.edit(client);

    assertThat(same.now()).hasToString("Goodbye world!");
    settle();
    assertThat(theirs.now()).hasToString("Goodbye world!");
    assertThat(same.pending().get()).isZero();
  }

  @Test
  void settled_tellsWhereItIsStored() {
    SharedText.settled(notes, shown::add);

    assertThat(shown).isEmpty();
    settle();
    assertThat(shown).containsExactly("stored, as number 1");
  }

  @Test
  void changes_tellWhoseTheyAre() {
    try (Subscription listening = SharedText.changes(notes, shown::add)) {
      assertThat(listening).isNotNull();
      notes.insert(0, "a");
      settle();
      theirs.insert(1, "b");
      settle();
      notes.undo();
    }

    assertThat(shown).containsExactly("I: [\"a\"]", other.id() + ": [1,\"b\"]", "I: [{\"d\":1}]");
  }

  @Test
  void editor_behindTheDocument_typesWhereItsUserMeant() {
    notes.insert(0, "one three");
    settle();
    ManualExecutor uiThread = new ManualExecutor();
    Shown screen = new Shown();
    try (Editor editor = new Editor(notes, screen, uiThread)) {
      uiThread.runAll();
      assertThat(screen.text).isEqualTo("one three");
      editor.select(TextRange.caret(4));
      theirs.insert(0, ">>> ");
      settle(); // the editor has not been told yet

      editor.type("tw");
      editor.type("o ");

      assertThat(screen.text).isEqualTo("one three");
      uiThread.runAll();
      assertThat(screen.text).isEqualTo(">>> one two three");
      editor.type("and a half ");
      uiThread.runAll();
      assertThat(screen.text).isEqualTo(">>> one two and a half three");
    }
    settle();
    assertThat(theirs.now()).hasToString(screen.text);
  }

  @Test
  void editor_moreChangesThanItsQueueHolds_showsTheText() {
    ManualExecutor uiThread = new ManualExecutor();
    Shown screen = new Shown();
    try (Editor editor = new Editor(notes, screen, uiThread)) {
      for (int i = 0; i < 2000; i++) {
        notes.insert(i, String.valueOf(i % 10));
      }
      uiThread.runAll();

      assertThat(editor).isNotNull();
      assertThat(screen.text).isEqualTo(notes.now().toString());
    }
  }

  @Test
  void chars_andCodePoints_leadToEachOther() {
    notes.insert(0, "😅!");

    assertThat(SharedText.toCodePoints(notes.changes().get(), 2)).isEqualTo(1);
  }

  @Test
  void undo_takesBackAndRedoBringsBack() {
    notes.insert(0, "text");
    SharedText.undo(notes);

    assertThat(notes.now()).hasToString("oopstext");
    notes.undo();
    assertThat(notes.now()).hasToString("text");
  }

  @Test
  void cursors_areMovedByTheText_andGoneWithTheirClient() {
    notes.insert(0, "one two");
    settle();
    Cursors cursors = new Cursors();
    try (Subscription people = theirs.presence().subscribe(cursors::said);
        Subscription edits =
            theirs.changes().subscribe(change -> cursors.moved(change.now().delta()))) {
      assertThat(List.of(people, edits)).hasSize(2);
      SharedText.share(notes, TextRange.of(4, 7));
      settle();
      assertThat(cursors.places()).isEqualTo(Map.of(client.id(), TextRange.of(4, 7)));

      theirs.insert(0, "> ");
      assertThat(cursors.places()).isEqualTo(Map.of(client.id(), TextRange.of(6, 9)));

      client.close();
      settle();
      assertThat(cursors.places()).isEmpty();
    }
  }

  @Test
  void cursors_whatIsNoPlace_isNotShown() {
    Cursors cursors = new Cursors();
    try (Subscription people = theirs.presence().subscribe(cursors::said)) {
      assertThat(people).isNotNull();
      notes.share(io.stateward.codec.Tree.of("anything"));
      settle();

      assertThat(theirs.presence().get()).hasSize(1);
      assertThat(cursors.places()).isEmpty();
    }
  }

  private static final class Shown implements Screen {
    private String text = "";

    @Override
    public void apply(TextDelta delta) {
      text = delta.apply(text);
    }

    @Override
    public void show(Text now) {
      text = now.toString();
    }
  }
}
