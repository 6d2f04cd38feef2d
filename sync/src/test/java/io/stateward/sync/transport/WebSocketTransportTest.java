package io.stateward.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionClosedException;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.time.VirtualTimekeeper;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a transport does with servers that misbehave. */
final class WebSocketTransportTest {

  private static final long PATIENCE_SECONDS = 20;
  private static final int TEXT = 0x81;
  private static final int TEXT_BEGINS = 0x01;
  private static final int CONTINUES = 0x80;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int CLOSE = 0x88;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final ConnectionListener listener =
      new ConnectionListener() {
        @Override
        public void onFrame(String frame) {
          told.add(frame);
        }

        @Override
        public void onClosed(int code, String reason) {
          told.add("ended " + code + " " + reason);
        }
      };

  private Connection connect(WebSocketTransport transport) throws Exception {
    return transport
        .connect(listener)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private String next() throws InterruptedException {
    return told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void awaitEnd(Socket socket) throws Exception {
    socket.getInputStream().readAllBytes(); // until the client closes
  }

  @Test
  void connect_anyServer_asksForTheSubprotocolAndSendsTheHeaders() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server =
        RawServer.start((it, socket) -> it.upgrade(socket, Frames.SUBPROTOCOL))) {
      WebSocketTransport transport =
          WebSocketTransport.to(server.address())
              .withHeaders(() -> Map.of("Authorization", "Bearer " + asked.incrementAndGet()));
      connect(transport);
      server.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertThat(server.header("Sec-WebSocket-Protocol")).isEqualTo("stateward.sync.1");
      assertThat(server.header("Authorization")).isEqualTo("Bearer 1");
    }
  }

  @Test
  void connect_serverOfAnotherProtocol_failsAndTellsNothing() throws Exception {
    try (RawServer server = RawServer.start((it, socket) -> it.upgrade(socket, ""))) {
      assertThatThrownBy(() -> connect(WebSocketTransport.to(server.address())))
          .hasMessageContaining("does not speak stateward.sync.1");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void connect_serverThatDoesNotAnswer_failsAfterTheTimeout() throws Exception {
    try (RawServer server = RawServer.start((it, socket) -> awaitEnd(socket))) {
      assertThatThrownBy(
              () ->
                  connect(
                      WebSocketTransport.to(server.address())
                          .withConnectTimeout(Duration.ofMillis(200))))
          .hasMessageContaining("cannot be reached")
          .hasMessageContaining("Timeout");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void connect_supplierOfHeadersThrows_fails() {
    WebSocketTransport transport =
        WebSocketTransport.to(URI.create("ws://127.0.0.1:1/"))
            .withHeaders(
                () -> {
                  throw new IllegalStateException("no token");
                });

    assertThatThrownBy(() -> connect(transport)).hasMessageContaining("no token");
  }

  @Test
  void connect_givenUpMeanwhile_leavesTheServer() throws Exception {
    CountDownLatch givenUp = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            (it, socket) -> {
              givenUp.await();
              it.upgrade(socket, Frames.SUBPROTOCOL);
              awaitEnd(socket);
            })) {
      WebSocketTransport.to(server.address()).connect(listener).toCompletableFuture().cancel(true);
      givenUp.countDown();

      server.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void frames_inFragmentsWithAPingBetween_arriveWholeAndThePingIsAnswered() throws Exception {
    CompletableFuture<byte[]> pong = new CompletableFuture<>();
    try (RawServer server =
        RawServer.start(
            (it, socket) -> {
              it.upgrade(socket, Frames.SUBPROTOCOL);
              RawServer.text(socket, TEXT_BEGINS, "one ");
              RawServer.text(socket, PING, "there?");
              RawServer.text(socket, CONTINUES, "frame");
              pong.complete(RawServer.read(socket));
              RawServer.text(socket, TEXT, "another");
              awaitEnd(socket);
            })) {
      Connection connection = connect(WebSocketTransport.to(server.address()));

      assertThat(next()).isEqualTo("one frame");
      assertThat(next()).isEqualTo("another");
      byte[] answer = pong.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(answer[0] & 0xFF).isEqualTo(PONG);
      assertThat(new String(answer, 1, answer.length - 1, StandardCharsets.UTF_8))
          .isEqualTo("there?");
      connection.close(1000, "done");
    }
  }

  @Test
  void end_withoutACloseFrame_is1006() throws Exception {
    try (RawServer server =
        RawServer.start((it, socket) -> it.upgrade(socket, Frames.SUBPROTOCOL))) {
      Connection connection = connect(WebSocketTransport.to(server.address()));

      assertThat(next()).startsWith("ended 1006");
      assertThatThrownBy(() -> connection.send("late").toCompletableFuture().join())
          .hasCauseInstanceOf(ConnectionClosedException.class)
          .hasMessageContaining("ws://127.0.0.1");
    }
  }

  @Test
  void end_withAnEmptyCloseFrame_is1006() throws Exception {
    try (RawServer server =
        RawServer.start(
            (it, socket) -> {
              it.upgrade(socket, Frames.SUBPROTOCOL);
              RawServer.frame(socket, CLOSE);
              awaitEnd(socket);
            })) {
      connect(WebSocketTransport.to(server.address()));

      assertThat(next()).startsWith("ended 1006");
    }
  }

  @Test
  void end_byBytesThatAreNoWebSocket_is1006() throws Exception {
    try (RawServer server =
        RawServer.start(
            (it, socket) -> {
              it.upgrade(socket, Frames.SUBPROTOCOL);
              RawServer.text(socket, 0xFF, "reserved bits and an opcode that is none");
              awaitEnd(socket);
            })) {
      connect(WebSocketTransport.to(server.address()));

      assertThat(next()).startsWith("ended 1006");
    }
  }

  @Test
  void close_serverThatDoesNotAnswer_isToldAfterFiveSeconds() throws Exception {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    CompletableFuture<byte[]> close = new CompletableFuture<>();
    try (RawServer server =
        RawServer.start(
            (it, socket) -> {
              it.upgrade(socket, Frames.SUBPROTOCOL);
              close.complete(RawServer.read(socket));
              awaitEnd(socket);
            })) {
      Connection connection = connect(WebSocketTransport.to(server.address()).withTimekeeper(time));

      connection.close(4000, "nothing was heard");
      byte[] seen = close.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      time.advance(Duration.ofMillis(4_999));
      assertThat(told).isEmpty();
      time.advance(Duration.ofMillis(1));

      assertThat(Arrays.copyOf(seen, 3)).containsExactly(CLOSE, 4000 >> 8, 4000 & 0xFF);
      assertThat(next()).isEqualTo("ended 1006 no answer to our close frame");
      server.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS); // the socket is gone too
    }
  }

  @Test
  void close_codeThatTheJdkDoesNotSend_isSentAsAnother() throws Exception {
    for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013}) {
      CompletableFuture<byte[]> close = new CompletableFuture<>();
      try (RawServer server =
          RawServer.start(
              (it, socket) -> {
                it.upgrade(socket, Frames.SUBPROTOCOL);
                byte[] seen = RawServer.read(socket);
                close.complete(seen);
                RawServer.frame(socket, CLOSE, seen[1], seen[2]);
              })) {
        connect(WebSocketTransport.to(server.address())).close(code, "done");

        byte[] seen = close.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        int sent = (seen[1] & 0xFF) << 8 | seen[2] & 0xFF;
        assertThat(sent).as("for %d", code).isEqualTo(SendableCodes.of(code));
        assertThat(next()).isEqualTo("ended " + sent + " ");
      }
    }
  }

  @Test
  void toString_secretsInTheAddress_areNotShown() {
    URI uri = URI.create("wss://user:pass@notes.example:8443/sync?token=secret");

    assertThat(WebSocketTransport.to(uri)).hasToString("wss://notes.example:8443/sync");
  }

  @Test
  void settings_thatMakeNoSense_areRefused() {
    WebSocketTransport transport = WebSocketTransport.to(URI.create("ws://localhost/sync"));

    assertThatThrownBy(() -> WebSocketTransport.to(URI.create("http://localhost/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://localhost/");
    assertThatThrownBy(() -> transport.withConnectTimeout(Duration.ZERO))
        .hasMessageContaining("more than zero");
    assertThatThrownBy(() -> transport.withMaxFrameLength(0)).hasMessageContaining("at least 1");
  }

  @Test
  void withClient_ofTheHost_isUsed() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    HttpClient client =
        HttpClient.newBuilder()
            .executor(
                task -> {
                  tasks.incrementAndGet();
                  Thread thread = new Thread(task, "of-the-host");
                  thread.setDaemon(true);
                  thread.start();
                })
            .build();
    try (RawServer server =
        RawServer.start((it, socket) -> it.upgrade(socket, Frames.SUBPROTOCOL))) {
      connect(WebSocketTransport.to(server.address()).withClient(client));

      assertThat(next()).startsWith("ended 1006");
      assertThat(tasks).hasPositiveValue();
    }
  }
}
