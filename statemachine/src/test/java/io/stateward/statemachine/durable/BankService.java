package io.stateward.statemachine.durable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A payment service in a process of its own: slow, and it honours idempotency keys. A request is a
 * line, the verb and the key; the answer is the receipt.
 */
final class BankService implements AutoCloseable {

  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  BankService() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns how often each thing was asked for, by verb and key. */
  Map<String, AtomicInteger> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        threads.execute(() -> answer(client));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      String request = in.readLine();
      if (request != null) {
        LockSupport.parkNanos(DELAY_NANOS);
        requests.computeIfAbsent(request, key -> new AtomicInteger()).incrementAndGet();
        LockSupport.parkNanos(DELAY_NANOS);
        client.getOutputStream().write("receipt\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // the client was killed while it waited: what it asked for is done
    }
  }

  /** Asks a service from another process. */
  static String ask(int port, String verb, String key) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write((verb + " " + key + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
