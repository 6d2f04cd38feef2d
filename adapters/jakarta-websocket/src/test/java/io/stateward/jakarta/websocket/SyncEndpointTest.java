package io.stateward.jakarta.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Reports;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.transport.WebSocketTransport;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SyncEndpointTest {

  private static final long PATIENCE_SECONDS = 20;

  enum Kind {
    TOMCAT,
    JETTY;

    TestServer start(SyncEndpoint endpoint) {
      return this == TOMCAT
          ? TestServer.tomcat(endpoint.build())
          : TestServer.jetty(endpoint.build());
    }
  }

  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> atServer = new LinkedBlockingQueue<>();
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
  private TestServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private ConnectionListener accept(Connection connection, Peer peer) {
    connections.add(connection);
    peers.add(peer);
    return told(atServer);
  }

  private static ConnectionListener told(BlockingQueue<String> queue) {
    return new ConnectionListener() {
      @Override
      public void onFrame(String frame) {
        queue.add(frame);
      }

      @Override
      public void onClosed(int code, String reason) {
        queue.add("ended " + code + " " + reason);
      }
    };
  }

  private SyncEndpoint endpoint() {
    return SyncEndpoint.at("/sync", this::accept);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static Connection connect(WebSocketTransport transport, BlockingQueue<String> told)
      throws Exception {
    return transport
        .connect(told(told))
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void origin_foreign_isRefusedWith403(Kind kind) {
    server = kind.start(endpoint().allowOrigins("https://notes.example"));

    for (String origin :
        List.of(
            "https://evil.example",
            "http://notes.example",
            "https://notes.example.evil.example",
            "https://notes.example:444",
            "null")) {
      assertThatThrownBy(() -> connect(from(origin), new LinkedBlockingQueue<>()))
          .as(origin)
          .hasMessageContaining("HTTP 403");
    }
    assertThat(peers).isEmpty();
  }

  private WebSocketTransport from(String origin) {
    return server.transport().withHeaders(() -> Map.of("Origin", origin));
  }

  @ParameterizedTest
  @EnumSource
  void origin_allowed_isAdmitted(Kind kind) throws Exception {
    server = kind.start(endpoint().allowOrigins("https://notes.example", "http://localhost:8080"));

    connect(from("https://notes.example"), new LinkedBlockingQueue<>());
    connect(from("https://Notes.Example:443"), new LinkedBlockingQueue<>());
    connect(from("http://localhost:8080"), new LinkedBlockingQueue<>());
    connect(server.transport(), new LinkedBlockingQueue<>());

    for (int i = 0; i < 4; i++) {
      assertThat(next(peers).principal()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void origin_withoutAnyAllowed_isRefused(Kind kind) {
    server = kind.start(endpoint());

    assertThatThrownBy(() -> connect(from("http://127.0.0.1"), new LinkedBlockingQueue<>()))
        .hasMessageContaining("cannot be reached");
  }

  @ParameterizedTest
  @EnumSource
  void origin_predicateThrows_isRefusedAndReported(Kind kind) {
    server =
        kind.start(
            endpoint()
                .allowOrigins(
                    origin -> {
                      throw new IllegalStateException("no list");
                    }));
    try (Reports reports = new Reports()) {
      assertThatThrownBy(() -> connect(from("http://a.example"), new LinkedBlockingQueue<>()))
          .hasMessageContaining("cannot be reached");
      assertThat(reports.naming("/sync")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void principal_ofTheHandshake_isThePeers(Kind kind) throws Exception {
    server = kind.start(endpoint());

    connect(server.transport().withHeaders(TestUser::headers), new LinkedBlockingQueue<>());

    assertThat(next(peers).principal()).isEqualTo(TestUser.NAME);
    connect(server.transport(), new LinkedBlockingQueue<>());
    assertThat(next(peers).principal()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void attributes_ofManyConnections_areEachItsOwn(Kind kind) throws Exception {
    server =
        kind.start(
            endpoint()
                .attributes(request -> Map.of("who", request.getHeaders().get("X-Who").get(0))));
    for (int i = 0; i < 20; i++) {
      String who = "client " + i;
      connect(
          server.transport().withHeaders(() -> Map.of("X-Who", who)), new LinkedBlockingQueue<>());
      assertThat(next(peers).attributes()).isEqualTo(Map.of("who", who));
    }
  }

  @ParameterizedTest
  @EnumSource
  void attributes_throwing_closeTheConnectionAndAreReported(Kind kind) throws Exception {
    server =
        kind.start(
            endpoint()
                .attributes(
                    request -> {
                      throw new IllegalStateException("no attributes");
                    }));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (Reports reports = new Reports()) {
      connect(server.transport(), told);

      assertThat(next(told)).startsWith("ended 1011");
      assertThat(reports.naming("/sync")).isNotEmpty();
    }
    assertThat(peers).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void frame_tooLong_closesWith4413AndIsNotHandedOver(Kind kind) throws Exception {
    server = kind.start(endpoint().maxFrameLength(30_000));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Connection connection = connect(server.transport(), told);

    connection.send("x".repeat(30_000)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    connection.send("x".repeat(30_001));

    assertThat(next(atServer)).hasSize(30_000);
    assertThat(next(told)).isEqualTo("ended 4413 A frame has more than 30000 characters.");
    assertThat(next(atServer)).startsWith("ended ");
  }

  @ParameterizedTest
  @EnumSource
  void frame_tooLongForTheClient_closesWith4413(Kind kind) throws Exception {
    server = kind.start(endpoint());
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    connect(server.transport().withMaxFrameLength(50_000), told);
    Connection atTheServer = next(connections);

    atTheServer.send("x".repeat(50_000)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    atTheServer.send("x".repeat(50_001));

    assertThat(next(told)).hasSize(50_000);
    assertThat(next(atServer)).isEqualTo("ended 4413 A frame has more than 50000 characters.");
    assertThat(next(told)).startsWith("ended ");
  }

  /** Speaks WebSocket by itself, for what a transport of ours does not do. */
  private WebSocket raw(BlockingQueue<String> told, String... subprotocols) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    return builder
        .buildAsync(
            server.address(),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                told.add("ended " + code + " " + reason);
                return null;
              }
            })
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void bytes_insteadOfText_closeWith1003(Kind kind) throws Exception {
    server = kind.start(endpoint());
    BlockingQueue<String> told = new LinkedBlockingQueue<>();

    raw(told, Frames.SUBPROTOCOL).sendBinary(ByteBuffer.allocate(10), true).join();

    assertThat(next(told)).startsWith("ended 1003");
    assertThat(next(atServer)).startsWith("ended ");
  }

  @ParameterizedTest
  @EnumSource
  void subprotocol_thatIsNotAskedFor_closesWith4406BeforeAnybodyIsTold(Kind kind) throws Exception {
    server = kind.start(endpoint());

    assertThat(raw(new LinkedBlockingQueue<>(), Frames.SUBPROTOCOL).getSubprotocol())
        .isEqualTo(Frames.SUBPROTOCOL);
    next(peers);
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    WebSocket socket = raw(told);
    assertThat(socket.getSubprotocol()).isEmpty();
    assertThat(next(told)).isEqualTo("ended 4406 Ask for the subprotocol stateward.sync.1.");
    assertThat(peers).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void address_isWhatTheContainerTells_andNeverWhatTheRequestSays(Kind kind) throws Exception {
    server = kind.start(endpoint());
    Map<String, String> lies = Map.of("X-Forwarded-For", "10.0.0.1", "Forwarded", "for=10.0.0.1");

    connect(server.transport().withHeaders(() -> lies), new LinkedBlockingQueue<>());

    assertThat(next(peers).address()).isEqualTo(kind == Kind.JETTY ? "127.0.0.1" : "");
  }

  @ParameterizedTest
  @EnumSource
  void address_thatTheHostTakesFromTheRequest_isThePeers(Kind kind) throws Exception {
    server = kind.start(endpoint().address(request -> request.getHeaders().get("X-Peer").get(0)));
    for (String address : List.of("10.0.0.1", "", "2001:db8::1")) {
      connect(
          server.transport().withHeaders(() -> Map.of("X-Peer", address)),
          new LinkedBlockingQueue<>());
      assertThat(next(peers).address()).isEqualTo(address);
    }

    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (Reports reports = new Reports()) { // without the header it throws
      connect(server.transport(), told);
      assertThat(next(told)).startsWith("ended 1011");
      assertThat(reports.naming("/sync")).isNotEmpty();
    }
    assertThat(peers).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void fragments_ofOneFrame_arriveAsOne(Kind kind) throws Exception {
    server = kind.start(endpoint());
    WebSocket socket = raw(new LinkedBlockingQueue<>(), Frames.SUBPROTOCOL);

    socket.sendText("one ", false).join();
    socket.sendText("frame", true).join();

    assertThat(next(atServer)).isEqualTo("one frame");
  }

  @ParameterizedTest
  @EnumSource
  void idle_longerThanTheTimeout_ends(Kind kind) throws Exception {
    server = kind.start(endpoint().idleTimeout(Duration.ofMillis(300)));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    connect(server.transport(), told);

    assertThat(next(told)).startsWith("ended ");
    assertThat(next(atServer)).startsWith("ended ");
  }

  @ParameterizedTest
  @EnumSource
  void close_whenTheClientIsSilent_isToldHereAllTheSame(Kind kind) throws Exception {
    server = kind.start(endpoint().sendTimeout(Duration.ofSeconds(1)));
    connect(server.transport(), new LinkedBlockingQueue<>());
    Connection atTheServer = next(connections);

    server.proxy().stall();
    atTheServer.close(4000, "nothing was heard");

    assertThat(next(atServer)).startsWith("ended ");
  }

  @ParameterizedTest
  @EnumSource
  void send_whenTheClientDoesNotRead_failsAfterTheTimeoutAndEnds(Kind kind) throws Exception {
    server = kind.start(endpoint().sendTimeout(Duration.ofMillis(500)));
    connect(server.transport(), new LinkedBlockingQueue<>());
    Connection atTheServer = next(connections);
    server.proxy().stall();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) { // more than all buffers on the way together
                atTheServer.send("x".repeat(500_000)).toCompletableFuture().join();
              }
            })
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("the frame was not sent");
    assertThat(next(atServer)).startsWith("ended ");
  }

  @Test
  void settings_thatMakeNoSense_areRefused() {
    assertThatThrownBy(() -> SyncEndpoint.at("sync", this::accept)).hasMessageContaining("slash");
    for (String none :
        List.of("notes.example", "https://", "https://a.example/", "https://u@a.example", "*")) {
      assertThatThrownBy(() -> endpoint().allowOrigins(none))
          .as(none)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none);
    }
    assertThatThrownBy(() -> endpoint().maxFrameLength(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> endpoint().idleTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("idle");
    assertThatThrownBy(() -> endpoint().sendTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("send");
  }
}
