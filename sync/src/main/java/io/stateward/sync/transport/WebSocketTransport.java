package io.stateward.sync.transport;

import io.stateward.signal.StatewardException;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import io.stateward.time.Timekeeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to a hub over the WebSocket of the JDK.
 *
 * <pre>{@code
 * Transport transport =
 *     WebSocketTransport.to(URI.create("wss://notes.example/sync"))
 *         .withHeaders(() -> Map.of("Authorization", "Bearer " + token()))
 *         .withConnectTimeout(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>It asks for the subprotocol {@value Frames#SUBPROTOCOL}, and takes no server that does not
 * choose it. Pings of WebSocket are answered; only text is taken, other messages end the connection
 * with 1003. A frame that is too long ends it with 4413.
 *
 * <p>The JDK does not let a client close with every code: 1002, 1003, 1007, 1009 and 1010 are sent
 * as 1008, and 1012 to 1014 as 1011.
 *
 * <p><b>Thread safety.</b> Immutable; safe for any number of threads. Listeners are called on
 * threads of the {@link HttpClient}, or on the one that closes; there are no threads beside those,
 * and the timer of the {@link Timekeeper}. Nothing blocks.
 *
 * <p><b>Ordering.</b> One frame is read at a time: a slow listener slows its server down. Frames
 * are handed over after what depended on the stage of {@link #connect} when it completed.
 *
 * <p><b>Failure.</b> A connection that breaks, without a word or with an error, is told as closed
 * with 1006. After {@link Connection#close}, a server that does not answer within the close
 * time-out is left, which is told as 1006 too.
 *
 * @since 0.1
 */
public final class WebSocketTransport implements Transport {

  private static final int LONGEST_FRAME = 4 * 1024 * 1024;

  private final URI uri;
  private final Supplier<? extends Map<String, String>> headers;
  private final Duration connectTimeout;
  private final int maxFrameLength;
  private final @Nullable HttpClient client;
  private final Timekeeper timekeeper;

  private WebSocketTransport(
      URI uri,
      Supplier<? extends Map<String, String>> headers,
      Duration connectTimeout,
      int maxFrameLength,
      @Nullable HttpClient client,
      Timekeeper timekeeper) {
    this.uri = uri;
    this.headers = headers;
    this.connectTimeout = connectTimeout;
    this.maxFrameLength = maxFrameLength;
    this.client = client;
    this.timekeeper = timekeeper;
  }

  /**
   * Returns the way to a server, with a connect time-out of 10 seconds and frames of up to 4 Mi
   * characters, on a client that all transports share.
   *
   * @param uri the address, {@code ws://} or {@code wss://}
   * @return the transport; nothing is connected yet
   * @throws IllegalArgumentException if the address is no such one
   */
  public static WebSocketTransport to(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    boolean known = scheme.equalsIgnoreCase("ws") || scheme.equalsIgnoreCase("wss");
    if (!known || uri.getHost() == null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "%s is no address of a WebSocket. It has to be like wss://host/path, without a fragment."
              .formatted(described(uri)));
    }
    return new WebSocketTransport(
        uri, Map::of, Duration.ofSeconds(10), LONGEST_FRAME, null, Timekeeper.system());
  }

  /**
   * Returns a transport that sends headers with its handshake. They are never logged.
   *
   * @param headers asked before each connection, so that a token may be new; may block no longer
   *     than whoever connects may wait
   * @return a copy with these headers instead
   */
  public WebSocketTransport withHeaders(Supplier<? extends Map<String, String>> headers) {
    Objects.requireNonNull(headers, "headers");
    return new WebSocketTransport(uri, headers, connectTimeout, maxFrameLength, client, timekeeper);
  }

  /**
   * Returns a transport that waits so long for a connection, handshake included.
   *
   * @param timeout more than zero
   * @return a copy with this time-out
   */
  public WebSocketTransport withConnectTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "The connect time-out is %s; it must be more than zero.".formatted(timeout));
    }
    return new WebSocketTransport(uri, headers, timeout, maxFrameLength, client, timekeeper);
  }

  /**
   * Returns a transport that takes frames of at most a length.
   *
   * @param length in {@code char}s, inclusive; at least 1
   * @return a copy with this limit
   */
  public WebSocketTransport withMaxFrameLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "The longest frame has %d characters; it must have at least 1.".formatted(length));
    }
    return new WebSocketTransport(uri, headers, connectTimeout, length, client, timekeeper);
  }

  /**
   * Returns a transport on a client of the host, with its proxy, TLS and threads.
   *
   * @param client the client; closing it is the host's
   * @return a copy on that client
   */
  public WebSocketTransport withClient(HttpClient client) {
    Objects.requireNonNull(client, "client");
    return new WebSocketTransport(uri, headers, connectTimeout, maxFrameLength, client, timekeeper);
  }

  /**
   * Returns a transport that measures the close time-out by a timekeeper of the host.
   *
   * @param timekeeper the timekeeper
   * @return a copy with that timekeeper
   */
  public WebSocketTransport withTimekeeper(Timekeeper timekeeper) {
    Objects.requireNonNull(timekeeper, "timekeeper");
    return new WebSocketTransport(uri, headers, connectTimeout, maxFrameLength, client, timekeeper);
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    Objects.requireNonNull(listener, "listener");
    SocketConnection connection = new SocketConnection(toString(), maxFrameLength, timekeeper);
    CompletableFuture<Connection> connected = new CompletableFuture<>();
    CompletableFuture<WebSocket> unused =
        handshake(connection)
            .whenComplete(
                (socket, failure) -> {
                  if (failure == null) {
                    begin(connection, socket, connected, listener);
                  } else {
                    connected.completeExceptionally(unreachable(failure));
                  }
                });
    return connected;
  }

  private void begin(
      SocketConnection connection,
      WebSocket socket,
      CompletableFuture<Connection> connected,
      ConnectionListener listener) {
    if (!socket.getSubprotocol().equals(Frames.SUBPROTOCOL)) {
      socket.abort();
      connected.completeExceptionally(notOurs());
      return;
    }
    connection.open(socket);
    if (connected.complete(connection)) {
      connection.begin(listener);
    } else { // whoever asked has given up meanwhile
      socket.abort();
    }
  }

  private CompletableFuture<WebSocket> handshake(SocketConnection connection) {
    try {
      HttpClient used = client == null ? Shared.CLIENT : client;
      WebSocket.Builder builder =
          used.newWebSocketBuilder()
              .connectTimeout(connectTimeout)
              .subprotocols(Frames.SUBPROTOCOL);
      headers.get().forEach(builder::header);
      return builder.buildAsync(uri, connection);
    } catch (RuntimeException e) { // of the supplier, or for a header that cannot be sent
      return CompletableFuture.failedFuture(e);
    }
  }

  private StatewardException unreachable(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new StatewardException(
        "%s cannot be reached (%s). Try again after a while.".formatted(this, told(cause)), cause);
  }

  private static String told(Throwable cause) {
    return cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
        ? "it answered with HTTP " + refused.getResponse().statusCode()
        : cause.toString();
  }

  private StatewardException notOurs() {
    return new StatewardException(
        "%s does not speak %s. Check the address, and that the server chooses that subprotocol."
            .formatted(this, Frames.SUBPROTOCOL));
  }

  /** Returns the address, without user, password and query, which may be secrets. */
  @Override
  public String toString() {
    return described(uri);
  }

  private static String described(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }

  /** Made when the first connection is, and never closed. */
  private static final class Shared {
    static final HttpClient CLIENT = HttpClient.newHttpClient();
  }
}
