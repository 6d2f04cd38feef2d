package io.stateward.examples.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.Launcher;
import io.stateward.examples.TestBrowser;
import io.stateward.examples.TestBrowser.Events;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The board as a process of its own, which is killed the hard way. */
final class KilledBoardTest {

  private static final int KILLED = 128 + 9; // by SIGKILL

  @TempDir private Path data;

  /** A board that was started from the command line, and a page that is connected to it. */
  private static final class Child implements AutoCloseable {

    private final Process process;
    private final TestBrowser browser;
    private final Events events;
    private final String session;

    Child(Path data) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Launcher.class.getName(),
                  "board",
                  "--port",
                  "0",
                  "--data",
                  data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      browser = new TestBrowser(address());
      events = browser.events("/board/stream");
      session = events.next("hello").replaceAll("\\W|session", "");
    }

    private URI address() throws IOException {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.strip().startsWith("http://")) {
          return URI.create(line.strip());
        }
      }
      throw new AssertionError("The board ended before it said where it is.");
    }

    void post(String action, String fields) {
      String body = "{\"session\":\"%s\",%s}".formatted(session, fields);
      assertThat(browser.post("/board/" + action, body).statusCode()).isEqualTo(204);
    }

    void awaitSaved() {
      String saving = events.next("saving");
      while (!saving.contains("\"saved\"")) {
        saving = events.next("saving");
      }
    }

    int kill() throws InterruptedException {
      process.destroyForcibly();
      return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
      kill();
    }
  }

  /**
   * Starts the board, changes one thing, and kills the board when the page says that it is saved.
   */
  private void change(String action, String fields) throws IOException, InterruptedException {
    try (Child board = new Child(data)) {
      board.events.next("saving"); // what it begins with
      board.post(action, fields);
      board.awaitSaved();
      assertThat(board.kill()).isEqualTo(KILLED);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  @Timeout(60)
  void preferences_boardIsKilled_areThereAfterTheRestart() throws Exception {
    change("pin", "\"name\":\"java\"");
    change("theme", "\"theme\":\"dark\"");
    change("column", "\"column\":\"user\",\"shown\":false");
    change("pin", "\"name\":\"émigré \\\"<&\"");

    try (Child board = new Child(data)) {
      assertThat(board.events.next("preferences"))
          .isEqualTo("{\"theme\":\"dark\",\"hidden\":[\"user\"]}");
      assertThat(board.events.next("view"))
          .contains("\"pinned\":[\"java\",\"\\u00e9migr\\u00e9 \\\"<&\"]");
    }
  }
}
