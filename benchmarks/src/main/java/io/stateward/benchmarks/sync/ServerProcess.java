package io.stateward.benchmarks.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server of a contender, in a process of its own. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final int port;

  private ServerProcess(ProcessBuilder builder) {
    try {
      process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      port = (int) number("port");
    } catch (IOException e) {
      throw new UncheckedIOException("The server could not be started.", e);
    }
  }

  static ServerProcess start(String contender) {
    if (contender.equals("y-websocket")) {
      return new ServerProcess(
          new ProcessBuilder("node", "--expose-gc", "fan-out.mjs")
              .directory(NodePeer.scripts().toFile()));
    }
    return new ServerProcess(
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-Xmx1g",
                "-Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=1024",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                FanOutServer.class.getName())));
  }

  int port() {
    return port;
  }

  /** Returns how many bytes live in it once what is garbage is gone. */
  long live() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return number("live");
    } catch (IOException e) {
      throw new UncheckedIOException("The server is gone.", e);
    }
  }

  private long number(String word) throws IOException {
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith(word + " ")) {
      throw new IllegalStateException("The server says '%s' for '%s'".formatted(answer, word));
    }
    return Long.parseLong(answer.substring(word.length() + 1));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
