package io.stateward.jakarta.websocket;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.apache.tomcat.websocket.server.WsServerContainer;

/** Tomcat, embedded, with Basic authentication for whoever tries. */
final class TomcatContainer implements TestServer.Container {

  private static final Logger LOG = Logger.getLogger("org.apache");
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  private final Tomcat tomcat;

  private TomcatContainer(Tomcat tomcat) {
    this.tomcat = tomcat;
  }

  static TomcatContainer start(ServerEndpointConfig endpoint) {
    LOG.setLevel(Level.WARNING);
    LEAKS.setLevel(Level.OFF); // looks for leaks of applications that are deployed again
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/tomcat");
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setThrowOnFailure(true);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    TestUser.in(tomcat, context);
    // Filters, of which the endpoint is one, run for what some servlet is mapped to.
    Tomcat.addServlet(context, "nothing", new NothingServlet()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer((types, at) -> add(endpoint, at), Set.of());
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return new TomcatContainer(tomcat);
  }

  private static void add(ServerEndpointConfig endpoint, ServletContext context) {
    WsServerContainer container =
        (WsServerContainer) context.getAttribute(ServerContainer.class.getName());
    container.setProcessPeriod(1); // seconds between looks for idle sessions
    try {
      container.addEndpoint(endpoint);
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("serial") // nobody serializes it
  private static final class NothingServlet extends HttpServlet {}
}
