package io.stateward.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A server of Redis as a process of its own, on a free port, with what can happen to one.
 *
 * <pre>{@code
 * try (RedisServerFixture server = RedisServerFixture.start()) {
 *   Redis redis = Redis.connect(server.address());
 *   server.freeze(); // and thaw, kill, restart
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class RedisServerFixture implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path executable;
  private final List<String> options;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private RedisServerFixture(Path executable, int port, List<String> options) {
    this.executable = executable;
    this.options = List.copyOf(options);
    this.port = port;
    try {
      this.folder = Files.createTempDirectory("redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the server that comes with the tests.
   *
   * @param options of the command line, for example {@code "--requirepass", "secret"}
   * @return the server, which answers
   */
  public static RedisServerFixture start(String... options) {
    return start(embedded(), options);
  }

  /**
   * Starts a server.
   *
   * @param executable which one
   * @param options of the command line
   * @return the server, which answers
   */
  public static RedisServerFixture start(Path executable, String... options) {
    boolean cluster = List.of(options).contains("--cluster-enabled");
    int port = cluster ? freeClusterPort() : freePort();
    RedisServerFixture server = new RedisServerFixture(executable, port, List.of(options));
    server.begin();
    return server;
  }

  /**
   * Returns the server that comes with the tests.
   *
   * @return its executable
   */
  public static Path embedded() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks for a server that is installed on this machine.
   *
   * @param name of the executable, for example "valkey-server"
   * @return its executable; null if there is none
   */
  public static @Nullable Path installed(String name) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns a port on which nothing listens.
   *
   * @return its number
   */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One beside which the port is free by which nodes of a cluster talk. */
  private static int freeClusterPort() {
    while (true) {
      int port = freePort();
      try (ServerSocket bus = new ServerSocket(port < 55_000 ? port + 10_000 : port)) {
        if (bus.getLocalPort() != port) {
          return port;
        }
      } catch (IOException e) {
        // It is in use: another one.
      }
    }
  }

  /**
   * Waits for something.
   *
   * @param what it is, for the failure
   * @param condition whether it is so
   */
  public static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("Waited in vain for: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Starts it again, on the same port, with what is in its folder. */
  public void begin() {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--dir", folder.toString(), "--logfile", folder.resolve("log") + ""));
    command.addAll(options);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("an answer of " + address(), this::answers);
  }

  /** Whether it answers to whom it does not know. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(7), UTF_8);
      return answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns its port.
   *
   * @return the number
   */
  public int port() {
    return port;
  }

  /**
   * Returns its address.
   *
   * @return as an application has it
   */
  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /**
   * Returns where its dumps and its log are.
   *
   * @return the folder
   */
  public Path folder() {
    return folder;
  }

  /** Stops it in the middle, as a machine that hangs: it keeps its connections and says nothing. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  /** Ends it at once, as if its machine had lost power. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    awaitEnd(running);
  }

  /** Ends it and starts it again, on the same port. */
  public void restart() {
    kill();
    begin();
  }

  /**
   * Restarts it from an old dump.
   *
   * @param dump what {@link #dump} has returned
   */
  public void restart(Path dump) {
    kill();
    try {
      Files.copy(dump, folder.resolve("dump.rdb"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begin();
  }

  /**
   * Copies its latest dump, which a {@code SAVE} has made.
   *
   * @return the copy
   */
  public Path dump() {
    try {
      Path copy = Files.createTempFile(folder, "dump", ".rdb");
      return Files.copy(folder.resolve("dump.rdb"), copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + running().pid()).start();
      awaitEnd(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("The server was not started.");
    }
    return process;
  }

  private static void awaitEnd(Process ending) {
    try {
      if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The process does not end: " + ending);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, and removes its folder. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
