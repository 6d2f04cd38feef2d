package io.stateward.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.examples.TestBrowser;
import io.stateward.examples.TestBrowser.Events;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes over HTTP. */
final class TwoNodesTest {

  @TempDir private Path data;
  private Subscription running;
  private LocalServer server;
  private TestBrowser browser;

  @BeforeEach
  void start() throws IOException {
    Timekeeper timekeeper = Timekeeper.system();
    Routes routes = new Routes();
    running =
        new TwoNodes(() -> new MemoryTier(timekeeper, "a test"), timekeeper, Duration.ZERO)
            .start(routes, data);
    server = LocalServer.start(0, routes);
    browser = new TestBrowser(server);
  }

  @AfterEach
  void stop() {
    server.close();
    running.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodes.js", "places.js"})
  void get_scripts_areThere(String script) {
    assertThat(browser.get("/nodes/" + script).body()).contains("import ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodes/source", "/nodes/source/write", "/nodes/source/naive"})
  void get_source_isAnExcerpt(String path) {
    assertThat(browser.get(path).body())
        .contains("database.", ";")
        .doesNotContain("package ", "excerpt");
  }

  @Test
  void get_page_hasNothingInlineAndNothingFromElsewhere() {
    assertThat(browser.get("/").body())
        .contains("Two nodes, one cache")
        .doesNotContain("style=", "onclick", "http://", "https://");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "read    | 'node':'C','key':'tea','own':false    | There is no node 'C'. There are A and B.",
        "read    | 'node':'A','key':'water','own':false  | There is no drink 'water'. There are tea,",
        "read    | 'node':'A','key':'tea','own':true     | Write tea first",
        "write   | 'node':'A','key':'tea','value':'1234567890123456789012345','mode':'after' | it may have 24",
        "write   | 'node':'A','key':'tea','value':'  ','mode':'after' | at least one character",
        "write   | 'node':'A','key':'tea','value':'1','mode':'later' | There are after, intent and through.",
        "tag     | 'node':'A','tag':'iced'               | There is no tag 'iced'",
        "latency | 'millis':5001                         | an integer from 0 to 5000",
        "drop    | 'on':'perhaps'                        | must be there and be true or false",
        "play    | 'name':'chess'                        | There is no play 'chess'.",
        "flush   | 'all':true                            | Unknown fields: all",
      })
  void post_nonsense_isRefusedWithWhatWouldBeRight(String action, String fields, String problem) {
    var answer = browser.post("/nodes/" + action, "{" + fields.replace('\'', '"') + "}");

    assertThat(answer.statusCode()).isBetween(400, 409);
    assertThat(answer.body()).contains(problem);
  }

  @Test
  void stream_tellsWhatIsShared_thenEverything() {
    try (Events events = browser.events("/nodes/stream")) {
      assertThat(events.next("hello")).contains("\"notice\":\"a test\"", "\"substitute\":true");
      browser.post(
          "/nodes/write", "{\"node\":\"A\",\"key\":\"tea\",\"value\":\"9\",\"mode\":\"intent\"}");
      String lines = events.next("cached-lines");
      while (!lines.contains("has written tea: 9. Stamp ")) {
        lines = events.next("cached-lines");
      }
    }
  }

  @Test
  void with_redis_wantsAnAddress() {
    TwoNodes nodes = new TwoNodes();

    assertThat(nodes.options()).containsOnlyKeys("--redis");
    assertThat(nodes.with("--redis", "redis://localhost:6379")).isInstanceOf(TwoNodes.class);
    for (String none : new String[] {"", "--port", "localhost", "http://localhost"}) {
      assertThatThrownBy(() -> nodes.with("--redis", none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("redis://");
    }
  }
}
