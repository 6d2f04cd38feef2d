package io.stateward.jakarta.websocket;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one connection, as the container calls it: one call at a time. It is public
 * because containers ask that of it; nobody else has a use for it.
 *
 * <p><b>Thread safety.</b> Confined to the calls of its container.
 *
 * @since 0.1
 */
public final class HubEndpoint extends Endpoint {

  /** Where Jetty puts the address of the other end of the socket; Tomcat puts it nowhere. */
  private static final String SOCKET = "jakarta.websocket.endpoint.remoteAddress";

  private final SyncEndpoint settings;
  private @Nullable SessionConnection connection;
  private @Nullable String problem;

  HubEndpoint(SyncEndpoint settings) {
    this.settings = settings;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(settings.idleTimeout.toMillis());
    session.getAsyncRemote().setSendTimeout(settings.sendTimeout.toMillis());
    SessionConnection opened = new SessionConnection(session, settings);
    connection = opened;
    if (!Frames.SUBPROTOCOL.equals(session.getNegotiatedSubprotocol())) {
      opened.close(
          CloseCode.VERSION.code(), "Ask for the subprotocol %s.".formatted(Frames.SUBPROTOCOL));
      return;
    }
    try {
      Peer peer = peer(session, config);
      ConnectionListener listener =
          Objects.requireNonNull(settings.acceptor.apply(opened, peer), "no listener");
      opened.told.release(listener);
    } catch (Throwable t) {
      Probe.report(settings.path, "A connection could not be accepted; it is closed.", t);
      opened.close(CloseCode.INTERNAL.code(), "The server could not accept the connection.");
      return;
    }
    session.addMessageHandler(String.class, partial(opened::take));
    session.addMessageHandler(ByteBuffer.class, partial((bytes, last) -> opened.refuseBytes()));
  }

  /** Tells the compiler which of the two kinds of handlers a lambda is. */
  private static <T> MessageHandler.Partial<T> partial(MessageHandler.Partial<T> handler) {
    return handler;
  }

  private static Peer peer(Session session, EndpointConfig config) {
    Object attributes = property(session, config, Handshake.ATTRIBUTES);
    if (!(attributes instanceof Map<?, ?> known)) {
      throw new IllegalStateException("The attributes of the request are not known.");
    }
    Map<String, String> copy = new HashMap<>();
    known.forEach((name, value) -> copy.put((String) name, (String) value));
    Principal principal = session.getUserPrincipal();
    return new Peer(address(session, config), principal == null ? null : principal.getName(), copy);
  }

  private static @Nullable Object property(Session session, EndpointConfig config, String name) {
    Object value = config.getUserProperties().get(name);
    return value == null ? session.getUserProperties().get(name) : value;
  }

  private static String address(Session session, EndpointConfig config) {
    Object said = property(session, config, Handshake.ADDRESS);
    if (said instanceof String address) {
      return address;
    } else if (said != null) {
      throw new IllegalStateException("The address of the request is not known.");
    }
    return session.getUserProperties().get(SOCKET) instanceof InetSocketAddress socket
            && socket.getAddress() != null
        ? socket.getAddress().getHostAddress()
        : "";
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    SessionConnection ended = connection;
    if (ended != null) {
      String phrase = reason.getReasonPhrase();
      int code = reason.getCloseCode().getCode();
      boolean given = code != CloseReason.CloseCodes.NO_STATUS_CODE.getCode();
      ended.end(
          given ? code : CloseCode.ABNORMAL.code(),
          phrase == null || phrase.isEmpty() ? Objects.requireNonNullElse(problem, "") : phrase);
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    problem = failure.getMessage(); // onClose follows
    if (!(failure instanceof IOException)) { // a client that breaks off is nothing to report
      Probe.report(settings.path, "A connection failed; it is closed.", failure);
    }
  }
}
