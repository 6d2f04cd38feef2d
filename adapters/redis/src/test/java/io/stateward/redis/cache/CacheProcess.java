package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A {@link CacheChild} in a JVM of its own, which can be stopped, let go on, and killed. */
final class CacheProcess implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;
  private final Process process;
  private final OutputStream commands;
  private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  CacheProcess(CacheChild.Settings settings) {
    this(settings, line -> {});
  }

  /** Starts one whose further lines somebody hears. */
  CacheProcess(CacheChild.Settings settings, Consumer<String> heard) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CacheChild.class.getName());
    command.addAll(settings.words());
    waiting.put("0", ready);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commands = process.getOutputStream();
    Thread reading = new Thread(() -> read(heard), "child-" + process.pid());
    reading.setDaemon(true);
    reading.start();
  }

  /** Waits until it serves. */
  CacheProcess ready() {
    answer(ready);
    return this;
  }

  private void read(Consumer<String> heard) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        CompletableFuture<String> question = waiting.remove(words[0]);
        if (question == null) {
          heard.accept(line);
        } else {
          question.complete(words[1]);
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
    waiting.values().forEach(it -> it.completeExceptionally(new IOException("It has ended.")));
  }

  CompletableFuture<String> ask(String command) {
    String number = "" + numbers.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    try {
      synchronized (commands) {
        commands.write((number + " " + command + "\n").getBytes(UTF_8));
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer;
  }

  String tell(String command) {
    return answer(ask(command));
  }

  static String answer(CompletableFuture<String> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops it in the middle, as a long collection of garbage would. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  void thaw() {
    signal("CONT");
  }

  /** Ends it in the middle. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
