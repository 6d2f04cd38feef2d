package io.stateward.jakarta.websocket;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frames;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is decided about a connection while it is still a request. */
final class Handshake extends ServerEndpointConfig.Configurator {

  /** Where the endpoint finds what the host took from the request. */
  static final String ATTRIBUTES = "io.stateward.sync.attributes";

  /** Where the endpoint finds the address that the host took from the request, if it does. */
  static final String ADDRESS = "io.stateward.sync.address";

  private final SyncEndpoint settings;

  Handshake(SyncEndpoint settings) {
    this.settings = settings;
  }

  @Override
  public boolean checkOrigin(@Nullable String origin) {
    if (origin == null || origin.isEmpty()) {
      return true; // no browser: they send one with every WebSocket (RFC 6455, section 4.1)
    }
    try {
      return settings.origins.test(origin);
    } catch (Throwable t) {
      Probe.report(settings.path, "Whether an origin is allowed could not be told; it is not.", t);
      return false;
    }
  }

  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return requested.contains(Frames.SUBPROTOCOL) ? Frames.SUBPROTOCOL : "";
  }

  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of(); // compression keeps buffers for every connection; frames are small
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    // since WebSocket 2.1, these are the properties of this one connection
    config.getUserProperties().put(ATTRIBUTES, attributesOf(request));
    if (settings.address != null) {
      config.getUserProperties().put(ADDRESS, addressOf(settings.address, request));
    }
  }

  private Object addressOf(
      Function<? super HandshakeRequest, String> address, HandshakeRequest request) {
    try {
      return Objects.requireNonNull(address.apply(request), "address");
    } catch (Throwable t) {
      Probe.report(settings.path, "The address of a request could not be told.", t);
      return List.of(); // in place of a string: the endpoint turns the connection away
    }
  }

  private Object attributesOf(HandshakeRequest request) {
    try {
      return Map.copyOf(settings.attributes.apply(request));
    } catch (Throwable t) {
      Probe.report(settings.path, "The attributes of a request could not be told.", t);
      return ""; // in place of a map: the endpoint turns the connection away
    }
  }

  @Override
  public <T> T getEndpointInstance(Class<T> type) {
    return type.cast(new HubEndpoint(settings));
  }
}
