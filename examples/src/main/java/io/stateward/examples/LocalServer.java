package io.stateward.examples;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's HTTP server on 127.0.0.1, with routes, streams and the shared files of all pages.
 *
 * <pre>{@code
 * try (LocalServer server = LocalServer.start(8080, routes)) {
 *   System.out.println(server.address());
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public final class LocalServer implements AutoCloseable {

  private static final int MOST_STREAMS = 16;
  private static final long GOODBYE_MILLIS = 500;
  private static final String[] SHARED = {
    "stateward.css", "theme.js", "elements.js", "live.js", "table.js", "steps.js", "icon.svg"
  };

  static {
    // Read once by the server of the JDK: events leave at once; a request arrives within seconds.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(LocalServer::daemon);
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger openStreams = new AtomicInteger();
  private volatile boolean closing;

  private LocalServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param port the port; 0 for any that is free
   * @param routes what it serves; the files under {@code /shared/} are added to them
   * @return the server, which answers from now on
   * @throws IOException if the port cannot be had
   */
  public static LocalServer start(int port, Routes routes) throws IOException {
    for (String file : SHARED) {
      routes.get("/shared/" + file, Reply.resource("/web/shared/" + file));
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    LocalServer local = new LocalServer(HttpServer.create(address, 0));
    LocalRequests guard = new LocalRequests(local.port());
    local.server.createContext(
        "/", exchange -> new Answer(exchange, local).to(guard, routes)); // paths match exactly
    local.server.setExecutor(local.threads);
    local.server.start();
    return local;
  }

  /**
   * Returns the port that it listens on.
   *
   * @return the port, 1 to 65535
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Returns what to type into a browser.
   *
   * @return the address of the first page
   */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(port()));
  }

  /** Runs a stream on this thread until it ends; what opened it has found room for it. */
  void run(EventStream stream) {
    streams.add(stream);
    try {
      if (closing) { // close() may have looked at the streams just before
        stream.stop();
      }
      stream.run();
    } finally {
      streams.remove(stream);
    }
  }

  void takeRoomForStream() {
    if (openStreams.incrementAndGet() > MOST_STREAMS) {
      openStreams.decrementAndGet();
      throw new Refusal(
          503, "%d pages are open already. Close one of them.".formatted(MOST_STREAMS));
    }
  }

  void leaveRoomForStream() {
    openStreams.decrementAndGet();
  }

  /** Tells every page that the server stops, ends their streams and frees the port. */
  @Override
  public void close() {
    closing = true;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
    try {
      streams.forEach(EventStream::stop);
      for (EventStream stream : streams) {
        stream.awaitEnd(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then without waiting
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "examples-http");
    thread.setDaemon(true);
    return thread;
  }
}
