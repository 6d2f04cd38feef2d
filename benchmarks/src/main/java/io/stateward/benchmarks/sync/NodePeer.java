package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.TimedWorkload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library for JavaScript, in a process of node that is given the order again and again and times
 * it itself.
 */
final class NodePeer implements TimedWorkload {

  private static final Path SCRIPTS = Path.of("benchmarks", "src", "main", "node");

  private final String order;
  private final Process node;
  private final Writer orders;
  private final BufferedReader answers;

  NodePeer(String order) {
    this.order = order;
    try {
      node =
          new ProcessBuilder("node", "peers.mjs", Session.folder().toString())
              .directory(scripts().toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("node could not be started", e);
    }
    orders = new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Tells whether node and the libraries are there. */
  static boolean isThere() {
    try {
      return Files.isDirectory(scripts().resolve("node_modules").resolve("yjs"))
          && new ProcessBuilder("node", "--version")
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      return false; // there is no node
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path scripts() {
    return Files.isDirectory(SCRIPTS) ? SCRIPTS : Path.of("src", "main", "node");
  }

  @Override
  public void run() {
    time();
  }

  @Override
  public double measure(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    double spent = 0;
    int runs = 0;
    do {
      spent += time();
      runs++;
    } while (System.nanoTime() < end);
    return spent / runs;
  }

  private double time() {
    try {
      orders.write(order + "\n");
      orders.flush();
      String answer = answers.readLine();
      if (answer == null || !answer.startsWith("found ")) {
        throw new IllegalStateException("'%s' in node: %s".formatted(order, answer));
      }
      return Double.parseDouble(answer.substring("found ".length()));
    } catch (IOException e) {
      throw new UncheckedIOException("node is gone", e);
    }
  }

  @Override
  public void close() {
    node.destroyForcibly();
  }
}
