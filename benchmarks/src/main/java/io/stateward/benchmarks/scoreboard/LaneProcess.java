package io.stateward.benchmarks.scoreboard;

import io.stateward.benchmarks.Finding;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running {@link Lane}, from outside. */
final class LaneProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;
  private static final String LOG_LEVEL = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  private LaneProcess(Process process) {
    this.process = process;
    this.orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a virtual machine for a contender. */
  static LaneProcess start(String contender, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(LOG_LEVEL);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Lane.class.getName(), contender));
    try {
      return new LaneProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command, e);
    }
  }

  /** Gives an order, whose answer is to be awaited. */
  void order(String order) {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new LaneException("its virtual machine is gone: " + e.getMessage());
    }
  }

  /**
   * Awaits the answer to an order.
   *
   * @return the number found
   * @throws LaneException if the order failed
   */
  double answer() {
    return finding().number();
  }

  /**
   * Awaits the answer to an order.
   *
   * @return the number found, and what was said about it
   * @throws LaneException if the order failed
   */
  Finding finding() {
    String answer;
    CompletableFuture<Void> giveUp =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    try {
      answer = answers.readLine();
      giveUp.cancel(false);
    } catch (IOException e) {
      throw new LaneException("its virtual machine is gone: " + e.getMessage());
    }
    if (answer == null) {
      throw new LaneException(
          "its virtual machine ended, or took longer than %d s".formatted(PATIENCE_SECONDS));
    }
    if (!answer.startsWith("found ")) {
      throw new LaneException(answer.replaceFirst("^failed ", ""));
    }
    String[] found = answer.split(" ", 3);
    return new Finding(Double.parseDouble(found[1]), found.length > 2 ? found[2] : "");
  }

  double ask(String order) {
    order(order);
    return answer();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Says why a lane could not do what it was told. */
  static final class LaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaneException(String message) {
      super(message);
    }
  }
}
