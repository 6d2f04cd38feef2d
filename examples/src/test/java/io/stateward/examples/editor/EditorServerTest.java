package io.stateward.examples.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.Reply;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.transport.WebSocketTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EditorServerTest {

  private static final long PATIENCE_SECONDS = 20;

  private final Map<String, Reply> files = Map.of("/", Reply.text("a page"));
  private final BlockingQueue<Peer> peers = new ArrayBlockingQueue<>(10);
  private EditorServer server;

  @BeforeEach
  void start() throws IOException {
    server = EditorServer.start(0, files::get, this::echo);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ConnectionListener echo(Connection connection, Peer peer) {
    peers.add(peer);
    return new Told(new ArrayBlockingQueue<>(10)) {
      @Override
      public void onFrame(String frame) {
        connection.send("echo of " + frame);
      }
    };
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.address().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void get_file_isServed() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("a page");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
  }

  @Test
  void get_healthAndShared_areThere() throws Exception {
    assertThat(get("/health").body()).isEqualTo("up");
    assertThat(get("/shared/stateward.css").statusCode()).isEqualTo(200);
  }

  @Test
  void get_unknownOrAbove_isNotFound() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/shared/nothing.css").statusCode()).isEqualTo(404);
    assertThat(get("/shared/..%2Feditor%2Findex.html").statusCode()).isIn(400, 404);
  }

  @Test
  void socket_ofAClient_carriesFramesAndItsParameters() throws Exception {
    Told told = new Told(new ArrayBlockingQueue<>(10));
    URI address = URI.create(server.socketAddress() + "?as=reader");
    Connection connection =
        WebSocketTransport.to(address)
            .connect(told)
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    connection.send("hello");

    assertThat(told.next()).isEqualTo("echo of hello");
    assertThat(peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).attributes())
        .isEqualTo(Map.of("as", "reader"));
  }

  @Test
  void close_withAClient_tellsItToComeBack() throws Exception {
    Told told = new Told(new ArrayBlockingQueue<>(10));
    Connection connection =
        WebSocketTransport.to(server.socketAddress())
            .connect(told)
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    connection.send("hello");
    assertThat(told.next()).isEqualTo("echo of hello"); // so the server has it too

    server.close();

    assertThat(told.next()).startsWith("closed 1001");
  }

  @Test
  void socket_ofAForeignPage_isRefused() {
    WebSocketTransport foreign =
        WebSocketTransport.to(server.socketAddress())
            .withHeaders(() -> Map.of("Origin", "https://evil.example"));

    assertThatThrownBy(
            () ->
                foreign.connect(new Told(new ArrayBlockingQueue<>(1))).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("cannot be reached");
    assertThat(peers).isEmpty();
  }

  @Test
  void start_portTaken_saysSo() {
    assertThatThrownBy(() -> EditorServer.start(server.port(), files::get, this::echo))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Port " + server.port());
  }

  private static class Told implements ConnectionListener {
    private final BlockingQueue<String> queue;

    Told(BlockingQueue<String> queue) {
      this.queue = queue;
    }

    String next() throws InterruptedException {
      return queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onFrame(String frame) {
      queue.add(frame);
    }

    @Override
    public void onClosed(int code, String reason) {
      queue.add("closed " + code + " " + reason);
    }
  }
}
