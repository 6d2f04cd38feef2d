package io.stateward.examples.editor;

import io.stateward.examples.Reply;
import io.stateward.jakarta.websocket.SyncEndpoint;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 for pages, and for a hub that they reach over a WebSocket: Tomcat,
 * embedded.
 *
 * <pre>{@code
 * Map<String, Reply> files = Map.of("/", Reply.resource("/web/editor/index.html"));
 * try (EditorServer server = EditorServer.start(8099, files::get, hub::accept)) {
 *   System.out.println(server.address() + " and " + server.socketAddress());
 * }
 * }</pre>
 *
 * <p>Beside the files there are {@code /sync}, {@code /health} and, under {@code /shared/}, the
 * files of all pages. Only pages of this server may open the socket; the parameters of the socket's
 * address are attributes of the {@link Peer}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; files are asked for by many.
 *
 * @since 0.1
 */
public final class EditorServer implements AutoCloseable {

  /** The path of the socket. */
  public static final String SOCKET = "/sync";

  // Kept here, or the levels would be forgotten with the loggers. The second one looks for leaks of
  // applications that are deployed again and again, as nothing is here.
  private static final Logger LOG = Logger.getLogger("org.apache");
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  private final Tomcat tomcat;
  private final Path folder;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EditorServer(Tomcat tomcat, Path folder, int port) {
    this.tomcat = tomcat;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param port the port; 0 for any that is free
   * @param files what is at a path, or null if there is nothing
   * @param acceptor takes the connections of clients, such as a hub's {@code accept}
   * @return the server, which answers from now on
   * @throws IOException if the port cannot be had
   */
  public static EditorServer start(
      int port,
      Function<? super String, ? extends @Nullable Reply> files,
      BiFunction<? super Connection, ? super Peer, ? extends ConnectionListener> acceptor)
      throws IOException {
    LOG.setLevel(Level.WARNING);
    LEAKS.setLevel(Level.OFF);
    Path folder = Files.createTempDirectory("stateward-editor");
    Tomcat tomcat = new Tomcat();
    try {
      tomcat.setBaseDir(folder.toString());
      Connector connector = connector(port);
      tomcat.setConnector(connector);
      serve(tomcat.addContext("", folder.toString()), connector, files, acceptor);
      tomcat.start();
      if (connector.getState() != LifecycleState.STARTED) {
        throw new IOException("it is taken");
      }
      return new EditorServer(tomcat, folder, connector.getLocalPort());
    } catch (LifecycleException | IOException e) {
      stop(tomcat, folder);
      throw new IOException("Port %d cannot be had: %s".formatted(port, e.getMessage()), e);
    }
  }

  private static Connector connector(int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setThrowOnFailure(true);
    return connector;
  }

  private static void serve(
      Context context,
      Connector connector,
      Function<? super String, ? extends @Nullable Reply> files,
      BiFunction<? super Connection, ? super Peer, ? extends ConnectionListener> acceptor) {
    LocalFiles servlet = new LocalFiles(connector::getLocalPort, files);
    Tomcat.addServlet(context, "files", servlet).addMapping("/");
    ServerEndpointConfig endpoint =
        SyncEndpoint.at(SOCKET, acceptor)
            .allowOrigins(servlet::isOwnOrigin)
            .attributes(EditorServer::parameters)
            .build();
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer((types, at) -> add(endpoint, at), Set.of());
  }

  private static void add(ServerEndpointConfig endpoint, ServletContext context) {
    ServerContainer container =
        (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    try {
      container.addEndpoint(endpoint);
    } catch (DeploymentException e) {
      throw new IllegalStateException("The endpoint " + SOCKET + " cannot be deployed.", e);
    }
  }

  private static Map<String, String> parameters(HandshakeRequest request) {
    return request.getParameterMap().entrySet().stream()
        .filter(parameter -> parameter.getValue().size() == 1)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
  }

  /**
   * Returns the port that it listens on.
   *
   * @return the port, 1 to 65535
   */
  public int port() {
    return port;
  }

  /**
   * Returns what to type into a browser.
   *
   * @return the address of the first page
   */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(port));
  }

  /**
   * Returns where clients connect to.
   *
   * @return the address of the socket
   */
  public URI socketAddress() {
    return URI.create("ws://127.0.0.1:%d%s".formatted(port, SOCKET));
  }

  /** Ends the connections with 1001 and frees the port. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      stop(tomcat, folder);
    } catch (IOException e) {
      throw new IllegalStateException("The server did not stop in order.", e);
    }
  }

  private static void stop(Tomcat tomcat, Path folder) throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException("Tomcat did not stop: " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
