package io.stateward.examples.cookbook;

import io.stateward.codec.CodecException;
import io.stateward.codec.Tree;
import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.Submission;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextChange;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextRange;
import io.stateward.sync.text.TextType;
import io.stateward.time.Timekeeper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A text that several people write at the same time. */
final class SharedText {

  private SharedText() {}

  static SyncHub hub(Executor executor, Timekeeper timekeeper) {
    // tag: hub
    SyncHub hub =
        SyncHub.named("notes")
            .types(TextType.standard())
            .authorizer(Authorizer.everybody()) // for trials
            .executor(executor)
            .timekeeper(timekeeper)
            .open();
    // end
    return hub;
  }

  static SyncClient client(Transport transport, Executor executor, Timekeeper timekeeper) {
    // tag: client
    SyncClient client =
        SyncClient.over(transport) // WebSocketTransport.to(URI.create("wss://notes.example/sync"))
            .executor(executor)
            .timekeeper(timekeeper)
            .open();
    // end
    return client;
  }

  static TextDocument edit(SyncClient client) {
    // tag: edit
    TextDocument notes = client.text("notes");
    notes.insert(0, "Hello world"); // shows at once
    notes.replace(0, 5, "Goodbye");
    notes.edit(text -> TextDelta.insert(text.length(), "!")); // nothing comes between
    // end
    return notes;
  }

  static CompletionStage<Void> settled(TextDocument notes, Consumer<String> show) {
    // tag: settled
    Submission edit = notes.insert(0, "Dear all: ");
    CompletionStage<Void> told =
        edit.settled()
            .thenAccept(
                outcome ->
                    show.accept(
                        outcome.fold(
                            durable -> "stored, as number " + durable.sequence(),
                            refused -> "taken back: " + refused.reason(),
                            () -> "went on in another form")));
    // end
    return told;
  }

  static Subscription changes(TextDocument notes, Consumer<String> show) {
    // tag: changes
    Subscription listening =
        notes.changes().subscribe(change -> show.accept(described(change.now())));
    // end
    return listening;
  }

  // tag: origin
  static String described(TextChange change) {
    return switch (change.origin().kind()) {
      case EDIT, UNDO, REDO -> "I: " + change.delta();
      case REMOTE -> "%s: %s".formatted(change.origin().client(), change.delta());
      case CORRECTION -> "now: " + change.now(); // loaded, refused, or fetched anew
    };
  }

  // end

  // tag: editor
  /** An editor; the thread of the user interface alone uses it. */
  static final class Editor implements AutoCloseable {
    private final TextDocument notes;
    private final Screen screen;
    private final Subscription following;
    private TextChange seen; // what is on the screen
    private TextRange selection = TextRange.caret(0);

    Editor(TextDocument notes, Screen screen, Executor uiThread) {
      this.notes = notes;
      this.screen = screen;
      seen = notes.changes().get();
      following =
          notes
              .changes()
              .subscribe(Delivery.every().withCurrent().on(uiThread), change -> take(change.now()));
    }

    private void take(TextChange change) {
      if (change.revision() == seen.revision() + 1) {
        selection =
            change.origin().isLocal()
                ? selection.typed(change.delta())
                : selection.moved(change.delta());
        screen.apply(change.delta());
      } else { // the first one, or more than the queue holds were waiting
        selection = TextRange.caret(Math.min(selection.head(), change.now().length()));
        screen.show(change.now());
      }
      seen = change;
    }

    /** A key was pressed: instead of showing it, tell the document, which comes back with it. */
    void type(String text) {
      int selected = selection.to() - selection.from();
      notes.edit(seen, TextDelta.replace(selection.from(), selected, text));
    }

    void select(TextRange range) {
      selection = range;
    }

    @Override
    public void close() {
      following.close();
    }
  }

  // end

  /** A component that shows text. */
  interface Screen {
    void apply(TextDelta delta);

    void show(Text text);
  }

  static int toCodePoints(TextChange seen, int caret) {
    // tag: chars
    int position = seen.now().codePointIndex(caret); // of what the component says
    int back = seen.now().charIndex(position); // of what it is told
    // end
    return back == caret ? position : -1;
  }

  static void undo(TextDocument notes) {
    // tag: undo
    notes.undoBoundary(); // what is typed next is undone by itself
    notes.insert(0, "oops");
    notes.undo(); // takes back "oops", wherever the edits of others have moved it
    notes.redo();
    // end
  }

  static void share(TextDocument notes, TextRange selection) {
    // tag: share
    notes.share(
        Tree.object()
            .plus("name", "Ada")
            .plus("from", (long) selection.anchor())
            .plus("to", (long) selection.head()));
    // end
  }

  // tag: cursors
  /** Where the others are; the thread of the user interface alone uses it. */
  static final class Cursors {
    private final Map<String, TextRange> places = new LinkedHashMap<>();

    /** Somebody said something: subscribe it to notes.presence(). */
    void said(Change<Map<String, Tree>> change) {
      places.keySet().retainAll(change.now().keySet());
      change
          .now()
          .forEach(
              (client, state) -> {
                if (!state.equals(change.was().get(client))) {
                  place(client, state);
                }
              });
    }

    private void place(String client, Tree state) {
      try {
        places.put(client, TextRange.of(state.at("/from").asInt(), state.at("/to").asInt()));
      } catch (CodecException | IllegalArgumentException e) { // others may say anything
        places.remove(client);
      }
    }

    /** The text has changed: call it for each change that the editor takes. */
    void moved(TextDelta delta) {
      places.replaceAll((client, place) -> place.moved(delta));
    }

    Map<String, TextRange> places() {
      return places;
    }
  }
  // end
}
