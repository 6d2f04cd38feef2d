package io.stateward.testkit.net;

import io.stateward.signal.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy that a test breaks: it cuts connections, refuses new ones, delays, stalls, throttles
 * and loses bytes.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("localhost", server.port());
 *     Client client = Client.connect("localhost", proxy.port())) {
 *   proxy.toClient().stall();                     // the answer is on its way, and never comes
 *   assertThatThrownBy(client::ping).isInstanceOf(TimeoutException.class);
 *   proxy.pass();
 *   proxy.reset();                                // every connection, with RST
 * }
 * }</pre>
 *
 * <p>It listens on a port of the loopback interface that is free, and keeps that port until it is
 * closed. What is wrong with each direction is said by {@link #toTarget} and {@link #toClient}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Threads.</b> One daemon thread accepts, and four serve each connection, named {@code
 * stateward-fault-proxy}. They block, and end when the connection does. Delays are in real time.
 *
 * <p><b>Failure.</b> If the target cannot be reached, the connection of the client is reset.
 *
 * <p><b>Cost.</b> At most {@value #MOST} connections at a time, more are reset; at most 512 KiB
 * wait in each direction of each, then the sender is not read from any more.
 *
 * @since 0.1
 */
public final class FaultProxy implements AutoCloseable {

  static final int MOST = 256;
  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private volatile InetSocketAddress target;
  private final ServerSocket listening;
  private final Direction toTarget = new Direction();
  private final Direction toClient = new Direction();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final Workers workers = new Workers();
  private volatile boolean refusing;
  private volatile boolean closed;

  private FaultProxy(InetSocketAddress target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
  }

  /**
   * Starts a proxy that passes everything.
   *
   * @param host the host of the target
   * @param port the port of the target
   * @return the proxy, to be closed when the test ends
   * @throws UncheckedIOException if no port is free
   */
  public static FaultProxy to(String host, int port) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(new InetSocketAddress(host, port), socket);
      proxy.workers.start("accept", proxy::acceptAll);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("No port to listen on for " + host + ":" + port + ".", e);
    }
  }

  /**
   * Returns the port to connect to instead of the target's.
   *
   * @return the port, on the loopback interface
   */
  public int port() {
    return listening.getLocalPort();
  }

  /**
   * Leads new connections to another target, as an address does that moves to another machine.
   * Those that are there stay where they are.
   *
   * @param host the host of the target
   * @param port the port of the target
   */
  public void retarget(String host, int port) {
    target = new InetSocketAddress(host, port);
  }

  /**
   * Returns the direction from the client to the target: requests.
   *
   * @return what is wrong with it, to be changed
   */
  public Direction toTarget() {
    return toTarget;
  }

  /**
   * Returns the direction from the target to the client: answers.
   *
   * @return what is wrong with it, to be changed
   */
  public Direction toClient() {
    return toClient;
  }

  /** Mends both directions, and accepts new connections. What was cut stays cut. */
  public void pass() {
    refusing = false;
    toTarget.pass();
    toClient.pass();
  }

  /** Passes nothing in either direction, and keeps what comes: the connections are half-open. */
  public void stall() {
    toTarget.stall();
    toClient.stall();
  }

  /** Resets each new connection as soon as it is there; those that are there stay. */
  public void refuse() {
    refusing = true;
  }

  /** Ends the connections that are there in an orderly way, with FIN. */
  public void cut() {
    connections.forEach(connection -> connection.close(false));
  }

  /** Breaks the connections that are there, with RST. */
  public void reset() {
    connections.forEach(connection -> connection.close(true));
  }

  /**
   * Returns how many connections there are.
   *
   * @return the number of those that pass bytes, or would
   */
  public int connections() {
    return connections.size();
  }

  /**
   * Returns how many connections there have been, those that are there included.
   *
   * @return the number, without those that were refused
   */
  public long accepted() {
    return accepted.get();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        accept(listening.accept());
      } catch (IOException e) {
        if (!closed) {
          Probe.report(toString(), "A connection could not be accepted.", e);
        }
      }
    }
  }

  private void accept(Socket client) {
    if (refusing || closed || connections.size() >= MOST) {
      ProxiedConnection.close(client, true);
      return;
    }
    ProxiedConnection connection =
        new ProxiedConnection(client, new Socket(), toTarget, toClient, connections::remove);
    connections.add(connection);
    accepted.incrementAndGet();
    if (closed) { // it did not see this one
      connection.close(true);
    }
    workers.start("connect", () -> serve(connection));
  }

  private void serve(ProxiedConnection connection) {
    try {
      connection.connect(target, CONNECT_MILLIS);
      workers.start("to-target", () -> connection.write(connection.toTarget));
      workers.start("from-target", () -> connection.read(connection.toClient));
      workers.start("to-client", () -> connection.write(connection.toClient));
      connection.read(connection.toTarget);
    } catch (IOException e) { // the target is away, which its client is to feel
      connection.close(true);
    }
  }

  /** Ends it and its connections, and waits until its threads have ended. */
  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
    } catch (IOException e) {
      Probe.report(toString(), "The port could not be closed.", e);
    }
    reset();
    workers.awaitEnd(PATIENCE);
  }

  @Override
  public String toString() {
    return "Fault proxy " + port() + " to " + target;
  }
}
