package io.stateward.examples.editor;

import io.stateward.examples.Application;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.transport.WebSocketTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;

/** The terminal of an editor that runs already. */
final class JoinedEditor implements Application {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int port;

  JoinedEditor(int port) {
    this.port = port;
  }

  @Override
  public String name() {
    return "editor";
  }

  @Override
  public String summary() {
    return "the shared text, line by line; h says how";
  }

  @Override
  @SuppressWarnings("SystemOut") // this program's face
  public Running serve(int unused, Path data) {
    URI socket = URI.create("ws://127.0.0.1:%d%s".formatted(port, EditorServer.SOCKET));
    SyncClient client = SyncClient.over(WebSocketTransport.to(socket)).open();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return new Running() {
      @Override
      public String place() {
        return socket.toString();
      }

      @Override
      public void await() throws InterruptedException {
        Terminal terminal = new Terminal(client, System.out);
        try {
          terminal.awaitText(PATIENCE);
          obey(in, terminal);
          terminal.awaitSettled(PATIENCE);
        } finally {
          terminal.close();
        }
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  @SuppressWarnings("SystemOut") // as above
  private static void obey(BufferedReader in, Terminal terminal) {
    try {
      String line = in.readLine();
      while (line != null && terminal.obey(line)) {
        line = in.readLine();
      }
    } catch (IOException e) {
      System.err.println("The terminal cannot be read any more: " + e.getMessage());
    }
  }
}
