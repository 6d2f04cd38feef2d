package io.stateward.jakarta.websocket;

import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.time.Timekeeper;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where clients reach a hub in a container of Jakarta WebSocket 2.1 or later, and on what terms.
 *
 * <pre>{@code
 * ServerEndpointConfig endpoint =
 *     SyncEndpoint.at("/sync", hub::accept)
 *         .allowOrigins("https://notes.example")
 *         .build();
 * container.addEndpoint(endpoint);               // in a listener of the servlet context
 * }</pre>
 *
 * <p>Pages of other origins are turned away, because a browser would send the cookies of its user
 * with their requests: an {@code Origin} that is not allowed is refused with HTTP 403, and none is
 * allowed from the start. Clients that are no browsers send none, and are admitted.
 *
 * <p>The {@link Peer} has the principal that the container authenticated for the handshake, the
 * address where the container tells it, and the {@link #attributes} that the host takes from the
 * request.
 *
 * <p><b>Thread safety.</b> One thread at a time until it is built; what was built is safe for any
 * number of threads. Listeners are called on threads of the container, or on those that close.
 *
 * <p><b>Ordering.</b> One frame of a connection is taken after the other: while its listener is
 * busy, nothing more is read.
 *
 * <p><b>Failure.</b> A function that does not accept a connection by throwing closes it with 1011,
 * and so does a listener that throws; both are reported. Frames that are too long close with 4413,
 * messages that are no text with 1003. Who does not ask for the subprotocol is closed with 4406.
 *
 * <p><b>Cost.</b> A few objects for each connection, beside the buffers of the container. Those of
 * Tomcat are some 70 KiB for each unless {@code setDefaultMaxTextMessageBufferSize} of its
 * container says less; frames are taken in parts, so a small one will do.
 *
 * @since 0.1
 */
public final class SyncEndpoint {

  private static final int LONGEST_FRAME = 1024 * 1024;

  final String path;
  final BiFunction<? super Connection, ? super Peer, ? extends ConnectionListener> acceptor;
  Predicate<? super String> origins = origin -> false;
  Function<? super HandshakeRequest, ? extends Map<String, String>> attributes =
      request -> Map.of();
  @Nullable Function<? super HandshakeRequest, String> address; // null: what the container tells
  int maxFrameLength = LONGEST_FRAME;
  Duration idleTimeout = Duration.ofMinutes(2);
  Duration sendTimeout = Duration.ofSeconds(30);
  Executor executor;
  Timekeeper timekeeper = Timekeeper.system();

  private SyncEndpoint(
      String path,
      BiFunction<? super Connection, ? super Peer, ? extends ConnectionListener> acceptor) {
    this.path = path;
    this.acceptor = acceptor;
    this.executor = Closers.of(path);
  }

  private SyncEndpoint(SyncEndpoint other) {
    this(other.path, other.acceptor);
    origins = other.origins;
    attributes = other.attributes;
    address = other.address;
    maxFrameLength = other.maxFrameLength;
    idleTimeout = other.idleTimeout;
    sendTimeout = other.sendTimeout;
    executor = other.executor;
    timekeeper = other.timekeeper;
  }

  /**
   * Begins with an address, and what takes the connections that come there.
   *
   * @param path the path of the endpoint within its application, such as {@code /sync}
   * @param acceptor takes a connection and who made it, such as a hub's {@code accept}; returns who
   *     is told what comes
   * @return settings that no page may use yet
   */
  public static SyncEndpoint at(
      String path,
      BiFunction<? super Connection, ? super Peer, ? extends ConnectionListener> acceptor) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path '%s' does not begin with a slash. Name it from the root of the application on."
              .formatted(path));
    }
    return new SyncEndpoint(path, Objects.requireNonNull(acceptor, "acceptor"));
  }

  /**
   * Admits pages of some origins, instead of what was said before.
   *
   * @param allowed the origins as browsers send them: scheme, host and, where it is not the
   *     scheme's own, port, such as {@code https://notes.example}
   * @return this
   * @throws IllegalArgumentException if one of them is no origin
   */
  public SyncEndpoint allowOrigins(String... allowed) {
    Set<String> all = Origins.checked(List.of(allowed));
    return allowOrigins(origin -> all.contains(Origins.normal(origin)));
  }

  /**
   * Admits pages of the origins that a function knows, instead of what was said before.
   *
   * @param allowed whether an origin may connect, asked with the header as it came; if it throws,
   *     the origin may not
   * @return this
   */
  public SyncEndpoint allowOrigins(Predicate<? super String> allowed) {
    this.origins = Objects.requireNonNull(allowed, "allowed");
    return this;
  }

  /**
   * Says what the hub learns of the request that began a connection.
   *
   * @param attributes takes from the request what the hub's authorizer needs, such as a parameter
   *     or the id of a session; if it throws, the connection is closed with 1011
   * @return this
   */
  public SyncEndpoint attributes(
      Function<? super HandshakeRequest, ? extends Map<String, String>> attributes) {
    this.attributes = Objects.requireNonNull(attributes, "attributes");
    return this;
  }

  /**
   * Says where a connection comes from, by which the hub limits how many come from one address.
   * Without it that is what the container tells: Jetty tells the address of the other end of the
   * socket, Tomcat none. What a request says of itself, such as {@code X-Forwarded-For}, is never
   * believed unless it is said here; do so only if a proxy or a filter of yours sets it, and takes
   * out whatever a client put there.
   *
   * @param address takes the address from the request, without a port; empty if it is not known. If
   *     it throws, the connection is closed with 1011
   * @return this
   */
  public SyncEndpoint address(Function<? super HandshakeRequest, String> address) {
    this.address = Objects.requireNonNull(address, "address");
    return this;
  }

  /**
   * Limits the length of a frame; 1 Mi characters unless said otherwise.
   *
   * @param length in {@code char}s, inclusive; at least 1
   * @return this
   */
  public SyncEndpoint maxFrameLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "The longest frame has %d characters; it must have at least 1.".formatted(length));
    }
    this.maxFrameLength = length;
    return this;
  }

  /**
   * Limits how long a connection may be silent before the container closes it; 2 minutes unless
   * said otherwise. A hub has heartbeats that notice it sooner; this is for what no hub was told
   * of.
   *
   * @param timeout zero for no limit; containers look every few seconds
   * @return this
   */
  public SyncEndpoint idleTimeout(Duration timeout) {
    this.idleTimeout = requireNotNegative("idle", timeout);
    return this;
  }

  /**
   * Limits how long a frame may take to leave, and how long a client may take to answer a close; 30
   * seconds unless said otherwise. Then the connection ends.
   *
   * @param timeout zero for no limit
   * @return this
   */
  public SyncEndpoint sendTimeout(Duration timeout) {
    this.sendTimeout = requireNotNegative("send", timeout);
    return this;
  }

  /**
   * Says where connections are closed, which in some containers blocks until the client has taken
   * its close frame. Unless said otherwise, the endpoint has daemon threads of its own for that, at
   * most 32, which bear its path and end some seconds after the last close.
   *
   * @param executor runs what may block for as long as the send time-out
   * @return this
   */
  public SyncEndpoint executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Says what measures how long a client takes to answer a close. What containers measure, they
   * measure by themselves.
   *
   * @param timekeeper the timekeeper; that of the process unless said otherwise
   * @return this
   */
  public SyncEndpoint timekeeper(Timekeeper timekeeper) {
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
    return this;
  }

  /**
   * Makes what a container takes, with the subprotocol {@value Frames#SUBPROTOCOL}.
   *
   * @return the configuration; later changes to this do not change it
   */
  public ServerEndpointConfig build() {
    SyncEndpoint settings = new SyncEndpoint(this);
    return ServerEndpointConfig.Builder.create(HubEndpoint.class, path)
        .subprotocols(List.of(Frames.SUBPROTOCOL))
        .configurator(new Handshake(settings))
        .build();
  }

  private static Duration requireNotNegative(String which, Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException(
          "The %s time-out is %s; it must be zero for none, or more.".formatted(which, timeout));
    }
    return timeout;
  }
}
