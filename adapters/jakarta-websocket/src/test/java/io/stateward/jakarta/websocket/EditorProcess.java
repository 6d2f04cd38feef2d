package io.stateward.jakarta.websocket;

import io.stateward.persist.Journal;
import io.stateward.sync.client.Settled;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.transport.WebSocketTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * A client that writes words into the shared text, run as a process of its own.
 *
 * <p>Takes the address of the server, the file of its outbox and its name. Each word is the name, a
 * number and a semicolon, and is put after a semicolon, so that no word is ever split. Prints
 * {@code durable WORD} for each word that the hub has, and obeys lines from its input: {@code
 * reconnect}, {@code stop} writing, tell the {@code text}.
 */
final class EditorProcess {

  private static final int MOST_PENDING = 8;

  private final String name;
  private final TextDocument text;
  private final SyncClient client;
  private final Semaphore pending = new Semaphore(MOST_PENDING);
  private volatile boolean stopped;

  private EditorProcess(String name, SyncClient client) {
    this.name = name;
    this.client = client;
    this.text = client.text("notes");
  }

  public static void main(String[] arguments) throws IOException {
    SyncClient client =
        SyncClient.over(WebSocketTransport.to(URI.create(arguments[0])))
            .outbox(Journal.file(Path.of(arguments[1])))
            .open();
    EditorProcess editor = new EditorProcess(arguments[2], client);
    Thread writing = new Thread(editor::write, "writing");
    writing.setDaemon(true);
    writing.start();
    editor.obey();
  }

  private void write() {
    Random random = new Random(name.hashCode());
    for (int number = 1; ; number++) {
      pending.acquireUninterruptibly();
      if (stopped) {
        tell("stopped " + (number - 1));
        return;
      }
      String word = name + number + ";";
      text.edit(now -> TextDelta.insert(boundary(now.toString(), random), word))
          .settled()
          .thenAccept(
              settled -> {
                tell(outcome(settled) + " " + word);
                pending.release();
              });
    }
  }

  private static String outcome(Settled settled) {
    if (settled instanceof Settled.Durable) {
      return "durable";
    }
    return settled instanceof Settled.Superseded ? "rewritten" : "refused";
  }

  /** Returns a position between two words, in code points, which are chars here. */
  private static int boundary(String text, Random random) {
    return text.isEmpty() ? 0 : text.indexOf(';', random.nextInt(text.length())) + 1;
  }

  private void obey() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      switch (line) {
        case "reconnect" -> client.reconnect();
        case "stop" -> stopped = true;
        case "text" -> tell("text " + client.pending().get() + " " + text.now());
        default -> throw new IllegalArgumentException(line);
      }
    }
    System.exit(0); // whoever gave commands is gone
  }

  private static synchronized void tell(String line) {
    System.out.println(line);
  }
}
