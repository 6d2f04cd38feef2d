package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.Heap;
import io.stateward.jakarta.websocket.SyncEndpoint;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.HubLimits;
import io.stateward.sync.hub.HubTimes;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A hub in Tomcat, in a process of its own: prints the port, and how many bytes live whenever a
 * line comes. Documents are in memory, as those of the peer are; whoever connects may write as much
 * as it likes. The buffers of Tomcat are as small as frames allow, which is what a host of
 * thousands of connections would set.
 *
 * @since 0.1
 */
public final class FanOutServer {

  private static final int PLENTY = 1_000_000_000;
  private static final Logger LOG = Logger.getLogger("org.apache");

  private FanOutServer() {}

  /**
   * Serves until the input ends.
   *
   * @param arguments none
   * @throws Exception if the server cannot be started
   */
  public static void main(String[] arguments) throws Exception {
    LOG.setLevel(Level.WARNING);
    SyncHub hub =
        SyncHub.named("fan-out")
            .types(TextType.standard())
            .authorizer(Authorizer.everybody())
            .limits(
                HubLimits.standard()
                    .withConnectionsOfPrincipal(PLENTY)
                    .withConnectionsFromAddress(PLENTY)
                    .withEachConnection(
                        each -> each.withFramesPerSecond(PLENTY).withCharactersPerSecond(PLENTY)))
            .times(HubTimes.standard().withHeartbeat(Duration.ofHours(1)))
            .open();
    Tomcat tomcat =
        tomcat(SyncEndpoint.at("/sync", hub::accept).idleTimeout(Duration.ZERO).build());
    serve(tomcat, System.out);
    System.exit(0);
  }

  private static void serve(Tomcat tomcat, PrintStream answers) throws IOException {
    answers.println("port " + tomcat.getConnector().getLocalPort());
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (orders.readLine() != null) {
      answers.println("live " + Heap.used());
    }
  }

  private static Tomcat tomcat(ServerEndpointConfig endpoint)
      throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("fan-out").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxConnections", "20000");
    connector.setProperty("acceptCount", "2000");
    connector.setProperty("socket.appReadBufSize", "1024"); // of 8 KiB for each connection
    connector.setProperty("socket.appWriteBufSize", "1024");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "nothing", new Nothing()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer((types, at) -> add(endpoint, at), Set.of());
    tomcat.start();
    return tomcat;
  }

  private static void add(ServerEndpointConfig endpoint, ServletContext context) {
    ServerContainer container =
        (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    container.setDefaultMaxTextMessageBufferSize(
        512); // of 16 KiB; frames come in parts all the same
    container.setDefaultMaxBinaryMessageBufferSize(128);
    try {
      container.addEndpoint(endpoint);
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Filters, of which the endpoint is one, run for what some servlet is mapped to. */
  @SuppressWarnings("serial") // nobody serializes it
  private static final class Nothing extends HttpServlet {}
}
