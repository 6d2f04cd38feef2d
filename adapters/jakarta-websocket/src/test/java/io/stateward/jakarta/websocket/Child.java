package io.stateward.jakarta.websocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of a test: what it prints is read as it comes. */
final class Child implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  final Queue<String> durable = new ConcurrentLinkedQueue<>();
  final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Process process;

  private Child(Process process) {
    this.process = process;
    Thread reading = new Thread(this::read, "child");
    reading.setDaemon(true);
    reading.start();
  }

  static Child start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private void read() {
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.startsWith("durable ") && line.endsWith(";")) {
          durable.add(line.substring("durable ".length()));
        } else if (line.startsWith("refused ")) {
          refused.add(line);
        } else if (!line.startsWith("rewritten ")) {
          answers.add(line);
        }
      }
    } catch (IOException e) { // it was killed
      answers.add("gone");
    }
  }

  /** Returns what follows a word in the next answer. */
  String answer(String word) throws InterruptedException {
    String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null || !answer.startsWith(word + " ")) {
      throw new AssertionError("Not '" + word + "' but: " + answer);
    }
    return answer.substring(word.length() + 1);
  }

  void command(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // leaves what it has printed to be read
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("It does not die.");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
