package io.stateward.examples.nodes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server as a process of this program's own, on a port of this machine alone, which keeps
 * nothing when it ends.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; starting and killing come one at a time.
 *
 * <p><b>Failure.</b> If this program itself is killed without a chance to clean up, the server goes
 * on; it holds nothing but what was played with.
 */
final class EmbeddedRedis {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  private final String executable;
  private final int port;
  private final Path folder;
  private volatile @Nullable Process process;

  private EmbeddedRedis(String executable, int port, Path folder) {
    this.executable = executable;
    this.port = port;
    this.folder = folder;
  }

  /** Starts one; empty if none of the binaries that there are runs here. */
  static Optional<EmbeddedRedis> tryStart() {
    for (String executable : executables()) {
      EmbeddedRedis server = new EmbeddedRedis(executable, freePort(), temporaryFolder());
      try {
        server.start();
        return Optional.of(server);
      } catch (IOException e) { // the next one, then
        LOG.debug("{} does not run here.", executable, e);
      }
    }
    return Optional.empty();
  }

  /** The binary that comes with the library, then that of the machine. */
  private static List<String> executables() {
    List<String> all = new ArrayList<>();
    try {
      File packed = ExecutableProvider.newJarResourceProvider().get();
      all.add(packed.getAbsolutePath());
    } catch (IOException | RuntimeException e) { // none for this kind of machine
      LOG.debug("There is no packed Redis for this machine.", e);
    }
    all.add("redis-server");
    return all;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no free port for Redis.", e);
    }
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("two-nodes");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no folder for Redis to work in.", e);
    }
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    Process now = process;
    return now != null && now.isAlive();
  }

  /** Starts it, empty, and waits until it answers. */
  synchronized void start() throws IOException {
    if (isAlive()) {
      return;
    }
    process =
        new ProcessBuilder(
                List.of(
                    executable,
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitAnswer();
  }

  private void awaitAnswer() throws IOException {
    long due = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!isAlive() || System.nanoTime() - due > 0) {
        kill();
        throw new IOException("Redis was started and does not answer.");
      }
      pause();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      socket.setSoTimeout(500);
      socket.getOutputStream().write(PING);
      return socket.getInputStream().read() == '+';
    } catch (IOException e) { // not yet
      return false;
    }
  }

  private void pause() throws IOException {
    try {
      Process now = process;
      if (now != null && now.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException("Redis ended with status %d.".formatted(now.exitValue()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Redis was started.", e);
    }
  }

  /** Ends it at once, by SIGKILL where there is one. */
  synchronized void kill() {
    Process now = process;
    if (now == null) {
      return;
    }
    now.destroyForcibly();
    try {
      now.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
