package io.stateward.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection of a client, and the one to the target that belongs to it.
 *
 * <p>Each direction has a reader and a writer with a bounded queue in between, so that a delay puts
 * bytes off and does not slow them down: those that come meanwhile wait side by side.
 */
final class ProxiedConnection {

  private static final int CHUNK = 8 * 1024;

  /** One direction of this connection. */
  record Path(Socket from, Socket to, Direction direction, ChunkQueue queue) {}

  final Path toTarget;
  final Path toClient;
  private final Socket client;
  private final Socket target;
  private final Consumer<ProxiedConnection> ended;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger finished = new AtomicInteger(); // directions that saw their end

  ProxiedConnection(
      Socket client,
      Socket target,
      Direction requests,
      Direction answers,
      Consumer<ProxiedConnection> ended) {
    this.client = client;
    this.target = target;
    this.ended = ended;
    toTarget = new Path(client, target, requests, new ChunkQueue());
    toClient = new Path(target, client, answers, new ChunkQueue());
  }

  void connect(InetSocketAddress address, int millis) throws IOException {
    InetSocketAddress resolved = // anew for each connection
        new InetSocketAddress(address.getHostString(), address.getPort());
    target.connect(resolved, millis);
    target.setTcpNoDelay(true);
    client.setTcpNoDelay(true);
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Reads what comes on a path, until its end. */
  void read(Path path) {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = path.from().getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        path.queue().put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime()));
      }
      path.queue().put(Chunk.END);
    } catch (IOException e) { // reset by the peer, or closed here: the other side is to feel it
      close(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(true);
    }
  }

  /** Writes what was read on a path, when and as far as its direction lets it pass. */
  void write(Path path) {
    try {
      OutputStream out = path.to().getOutputStream();
      for (Chunk chunk = path.queue().take(); chunk != Chunk.END; chunk = path.queue().take()) {
        pass(path.direction(), chunk, out);
      }
      if (path.direction().endArrives(this)) {
        path.to().shutdownOutput();
      }
      if (finished.incrementAndGet() == 2) {
        close(false);
      }
    } catch (IOException e) {
      close(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(true);
    }
  }

  private void pass(Direction direction, Chunk chunk, OutputStream out)
      throws IOException, InterruptedException {
    int at = 0;
    while (at < chunk.bytes().length) {
      Direction.Verdict verdict =
          direction.judge(this, chunk.arrivedNanos(), chunk.bytes().length - at);
      switch (verdict.fate()) {
        case PASS -> out.write(chunk.bytes(), at, verdict.count());
        case RESET -> throw new IOException("Reset as the test wants it.");
        case DROP -> {} // counted there
      }
      at += verdict.count();
    }
  }

  /** Ends both sides; with RST, or with FIN. */
  void close(boolean reset) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    close(client, reset);
    close(target, reset);
    toTarget.queue().close();
    toClient.queue().close();
    toTarget.direction().wake();
    toClient.direction().wake();
    ended.accept(this);
  }

  static void close(Socket socket, boolean reset) {
    try (socket) {
      if (reset) {
        socket.setSoLinger(true, 0);
      } else if (socket.isConnected() && !socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    } catch (IOException e) { // it is closed already, by its peer
      return;
    }
  }
}
