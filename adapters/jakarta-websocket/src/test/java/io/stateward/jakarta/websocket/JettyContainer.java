package io.stateward.jakarta.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty, embedded. */
final class JettyContainer implements TestServer.Container {

  private final Server server;
  private final ServerConnector connector;

  private JettyContainer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  static JettyContainer start(ServerEndpointConfig endpoint) {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    server.setHandler(context);
    TestUser.in(context);
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servletContext, container) -> container.addEndpoint(endpoint));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new JettyContainer(server, connector);
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
