package io.stateward.examples.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.examples.TestBrowser;
import io.stateward.examples.TestBrowser.Events;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card board over HTTP, in time of the test's own. */
final class CardBoardTest {

  @TempDir private Path data;
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private Subscription running;
  private LocalServer server;
  private TestBrowser browser;

  @BeforeEach
  void start() throws IOException {
    Routes routes = new Routes();
    running = new CardBoard(time, Runnable::run, () -> 50).start(routes, data);
    server = LocalServer.start(0, routes);
    browser = new TestBrowser(server);
  }

  @AfterEach
  void stop() {
    server.close();
    running.close();
  }

  private static String session(Events events) {
    Matcher session = Pattern.compile("\"session\":\"([0-9a-f]+)\"").matcher(events.next("hello"));
    assertThat(session.find()).isTrue();
    return session.group(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cards.js", "editor.js", "lanes.js", "library.js", "question.js", "server.js"})
  void get_scripts_areThere(String script) {
    assertThat(browser.get("/cards/" + script).body()).contains("import ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cards/source", "/cards/source/ask", "/cards/source/naive"})
  void get_source_isAnExcerpt(String path) {
    assertThat(browser.get(path).body()).contains("(", "}\n").doesNotContain("package ", "excerpt");
  }

  @Test
  void get_page_hasNothingInlineAndNothingFromElsewhere() {
    assertThat(browser.get("/").body())
        .contains("Shared card board")
        .doesNotContain("style=", "onclick", "http://", "https://");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "move     | 'card':'1','column':'nowhere' | There is no column 'nowhere'",
        "move     | 'card':'x','column':'done'    | must be the number of a card",
        "move     | 'card':'99','column':'done'   | This card is not there any more.",
        "latency  | 'millis':5001                 | an integer from 0 to 5000",
        "failures | 'percent':101                 | an integer from 0 to 100",
        "fate     | 'fate':'doom'                 | There is no fate 'doom'",
        "answer   | 'mutation':1,'mine':'title'   | This conflict is decided already.",
        "undo     | 'a':1                         | Unknown fields: a",
        "redo     |                               | There is nothing to redo.",
      })
  void post_nonsense_isRefusedWithWhatWouldBeRight(String action, String fields, String problem) {
    try (Events events = browser.events("/cards/stream")) {
      String rest = fields == null ? "" : "," + fields.replace('\'', '"');
      String json = "{\"session\":\"%s\"%s}".formatted(session(events), rest);

      var answer = browser.post("/cards/" + action, json);

      assertThat(answer.statusCode()).isBetween(400, 409);
      assertThat(answer.body()).contains(problem);
    }
  }

  @Test
  void post_withoutAPage_isRefused() {
    assertThat(browser.post("/cards/undo", "{\"session\":\"none\"}").statusCode()).isEqualTo(404);
  }

  @Test
  void stream_pageComesBack_findsItsDesk_untilItIsForgotten() {
    String session;
    try (Events events = browser.events("/cards/stream")) {
      session = session(events);
    }
    try (Events events = browser.events("/cards/stream?session=" + session)) {
      assertThat(events.next("hello")).contains(session, "\"window\":\"A\"");
    }
    try (Events events = browser.events("/cards/stream?session=unknown")) {
      assertThat(events.next("hello")).contains("\"window\":\"B\"");
      time.advance(Windows.STAY.plus(Duration.ofSeconds(1)));
    }
  }
}
