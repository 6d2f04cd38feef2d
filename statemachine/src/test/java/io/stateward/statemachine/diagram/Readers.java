package io.stateward.statemachine.diagram;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stateward.codec.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Mermaid and XState themselves, in a process of Node.js. They are found in the folder {@code
 * src/test/node}, once {@code npm install --no-package-lock} was run there, or in the one that the
 * system property {@code stateward.node} names; where they are not, the tests are left out.
 */
final class Readers {

  private static final Path SCRIPT = Path.of("src", "test", "node", "readers.mjs");

  private Readers() {}

  /** Says where people look, and not in the log, how much was read; {@code %s} as in formats. */
  static void say(String text, Object... values) {
    System.out.println("== " + text.formatted(values));
  }

  /** Returns an answer to each request, or leaves the test out. */
  static List<Tree> read(List<Map<String, Object>> requests) {
    Path folder = Path.of(System.getProperty("stateward.node", SCRIPT.getParent().toString()));
    boolean there = Files.isDirectory(folder.resolve("node_modules").resolve("mermaid"));
    if (!there) {
      say(
          "no Mermaid and XState in %s: run npm install there, or name a folder by -Dstateward.node",
          folder.toAbsolutePath().normalize());
    }
    assumeTrue(there, "There are no Mermaid and XState.");
    try {
      return run(folder, requests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Tree> run(Path folder, List<Map<String, Object>> requests)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("readers");
    Path in = Files.writeString(work.resolve("in.json"), Json.of(requests));
    Path out = work.resolve("out.json");
    Process node =
        new ProcessBuilder("node", SCRIPT.toString(), folder.toString())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!node.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("The readers did not answer within a minute.");
      }
    } finally {
      node.destroyForcibly();
      Files.delete(in);
    }
    String answers = Files.readString(out, StandardCharsets.UTF_8);
    Files.delete(out);
    Files.delete(work);
    return Tree.parse(answers).asArray().elements();
  }
}
