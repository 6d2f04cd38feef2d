package io.stateward.jakarta.websocket;

import io.stateward.sync.spi.Line;
import io.stateward.sync.spi.Transport;
import io.stateward.sync.transport.WebSocketTransport;
import io.stateward.testkit.net.FaultProxy;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;

/** An embedded container with one endpoint, behind a proxy that breaks things. */
final class TestServer implements Line {

  /** A container that was started. */
  interface Container extends AutoCloseable {

    int port();

    @Override
    void close();
  }

  private final Container container;
  private final FaultProxy proxy;

  private TestServer(Container container) {
    this.container = container;
    this.proxy = FaultProxy.to("127.0.0.1", container.port());
  }

  static TestServer tomcat(ServerEndpointConfig endpoint) {
    return new TestServer(TomcatContainer.start(endpoint));
  }

  static TestServer jetty(ServerEndpointConfig endpoint) {
    return new TestServer(JettyContainer.start(endpoint));
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** Returns the address behind the proxy. */
  URI address() {
    return at(proxy.port());
  }

  private static URI at(int port) {
    return URI.create("ws://127.0.0.1:%d/sync".formatted(port));
  }

  @Override
  public WebSocketTransport transport() {
    return WebSocketTransport.to(address());
  }

  /** Returns the way that does not lead through the proxy. */
  WebSocketTransport direct() {
    return WebSocketTransport.to(at(container.port()));
  }

  @Override
  public Transport nowhere() {
    proxy.refuse();
    return transport();
  }

  @Override
  public void cut() {
    proxy.reset();
  }

  @Override
  public void close() {
    proxy.close();
    container.close();
  }
}
