package io.stateward.examples.cookbook;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextChange;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextType;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A text that several programs edit at once, and while they are offline. */
final class LiveText {

  private LiveText() {}

  static SyncHub hub(Path folder) {
    // tag: hub
    SyncHub hub =
        SyncHub.named("notes")
            .types(TextType.standard())
            .storage(DocumentStorage.files(folder))
            .authorizer(Authorizer.everybody()) // for trials: say who may do what
            .open();
    // end
    return hub;
  }

  static SyncClient client(Transport transport, Path folder) {
    // tag: client
    SyncClient client =
        SyncClient.over(transport) // such as WebSocketTransport.to(uri)
            .outbox(Journal.file(folder.resolve("outbox")))
            .open();
    // end
    return client;
  }

  static TextDocument open(SyncClient client) {
    // tag: edit
    TextDocument notes = client.text("notes");
    notes.insert(0, "Hello"); // visible now, stored soon, sent when it can be
    notes.undoBoundary(); // what follows at once would be undone together with it
    notes.edit(text -> TextDelta.insert(text.length(), " world"));
    notes.undo(); // takes back what was done here, and nothing of what others did
    // end
    return notes;
  }

  static Subscription watch(TextDocument notes, BiConsumer<TextDelta, String> editor) {
    // tag: watch
    Subscription following =
        notes
            .changes()
            .subscribe(
                change -> {
                  TextChange now = change.now();
                  String by = now.origin().isLocal() ? "me" : "others";
                  editor.accept(now.delta(), by);
                });
    // end
    return following;
  }

  static void tell(SyncClient client, TextDocument notes, Consumer<String> status) {
    // tag: status
    String connection =
        client
            .status()
            .get()
            .fold(
                () -> "connecting",
                session -> "connected",
                retry -> "again in %d s".formatted(retry.in().toSeconds()),
                pending -> "offline",
                ConnectionStatus.Refused::reason,
                () -> "closed");
    status.accept("%s, %d waiting".formatted(connection, notes.pending().get()));
    // end
  }

  static void share(TextDocument notes, int cursor) {
    // tag: share
    notes.share(Tree.object().plus("name", "Ada").plus("at", (long) cursor));
    // end
  }
}
