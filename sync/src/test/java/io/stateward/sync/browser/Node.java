package io.stateward.sync.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.stateward.sync.client.BrowserModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs tests of the browser's client in node, where there is one, on the module of the JAR. */
public final class Node {

  private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");
  private static final long PATIENCE = 120;

  private Node() {}

  /**
   * Runs the tests of a file.
   *
   * @param file its name in {@code src/test/js}
   * @param folder where the module is put
   * @param settings variables that the tests read
   * @param atLeast how many tests have to have passed
   * @throws IOException if a file cannot be written or read
   * @throws InterruptedException if nobody wants to know any more
   */
  public static void passes(String file, Path folder, Map<String, String> settings, int atLeast)
      throws IOException, InterruptedException {
    Path module = Files.write(folder.resolve("stateward-sync.mjs"), BrowserModule.content());
    Path output = folder.resolve(file + ".txt");
    ProcessBuilder node =
        new ProcessBuilder("node", "--test", "--test-reporter=tap", "src/test/js/" + file)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    node.environment().put("STATEWARD_SYNC", module.toUri().toString());
    node.environment().putAll(settings);
    Process process = started(node);
    try {
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as("node ended in time").isTrue();
      String told = Files.readString(output);
      assertThat(process.exitValue()).as(told).isZero();
      assertThat(passed(told)).as(told).isGreaterThanOrEqualTo(atLeast);
    } finally {
      process.destroyForcibly();
    }
  }

  static Process started(ProcessBuilder node) {
    try {
      return node.start();
    } catch (IOException e) {
      return abort("There is no node on this machine, so the browser's client is not tested: " + e);
    }
  }

  private static int passed(String told) {
    Matcher matcher = PASSED.matcher(told);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
