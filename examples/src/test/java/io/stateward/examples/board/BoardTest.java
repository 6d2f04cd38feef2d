package io.stateward.examples.board;

import static io.stateward.examples.board.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.examples.TestBrowser;
import io.stateward.examples.TestBrowser.Event;
import io.stateward.examples.TestBrowser.Events;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board over HTTP, with processes and time of the test's own. */
final class BoardTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private volatile List<ProcessRow> reading =
      List.of(row(1, "init", 900), row(2, "java", 500), row(3, "bash", 100));
  private volatile boolean failing;
  private Subscription running;
  private LocalServer server;
  private TestBrowser browser;

  @BeforeEach
  void start() throws IOException {
    Routes routes = new Routes();
    running = new Board(this::read, time, Runnable::run).start(routes);
    server = LocalServer.start(0, routes);
    browser = new TestBrowser(server);
    refresh(); // from here on the share of the processor is known
  }

  @AfterEach
  void stop() {
    server.close();
    running.close();
  }

  private List<ProcessRow> read() {
    if (failing) {
      throw new IllegalStateException("no processes today");
    }
    return reading;
  }

  private void refresh(ProcessRow... rows) {
    if (rows.length > 0) {
      reading = List.of(rows);
    }
    time.advance(Refresher.PAUSE);
  }

  /** Follows the board until every row that is shown has been told. */
  private Events connected(String query, int rows) {
    Events events = browser.events("/board/stream" + query);
    for (int i = 0; i < rows; i++) {
      events.next("row");
    }
    return events;
  }

  /** Returns the ids of the rows and the types of the other events until the next figures. */
  private static List<String> untilFigures(Events events) {
    List<String> seen = new ArrayList<>();
    for (Event event = events.next(); !event.type().equals("figures"); event = events.next()) {
      seen.add(event.type().equals("row") ? "row " + number(event.data(), "pid") : event.type());
    }
    return seen;
  }

  private static String number(String json, String field) {
    Matcher matcher = Pattern.compile("\"" + field + "\":\"?(\\w+)").matcher(json);
    assertThat(matcher.find()).as("%s in %s", field, json).isTrue();
    return matcher.group(1);
  }

  private int post(String action, String session, String fields) {
    return browser
        .post("/board/" + action, "{\"session\":\"%s\"%s}".formatted(session, fields))
        .statusCode();
  }

  @Test
  void get_page_hasNothingInlineAndNothingFromElsewhere() {
    String page = browser.get("/").body();

    assertThat(page)
        .contains("Processes of this machine", "/board/board.js")
        .doesNotContain(" style=", "<style", "onclick", "http://", "https://")
        .doesNotContainPattern("<script(?![^>]* src=)");
    assertThat(browser.get("/board/board.js").body()).doesNotContain("innerHTML", "https://");
  }

  @Test
  void get_source_isTheCodeThatRuns() {
    assertThat(browser.get("/board/source").body())
        .contains("processes.at(pid).subscribe(delivery, this::sendRow)")
        .doesNotContain("excerpt:", "import ");
  }

  @Test
  void stream_connect_tellsViewListAndEveryRow() {
    try (Events events = browser.events("/board/stream")) {
      assertThat(events.next().type()).isEqualTo("hello");
      assertThat(events.next("view"))
          .isEqualTo("{\"filter\":\"\",\"sort\":\"time\",\"descending\":true,\"pinned\":[]}");
      assertThat(events.next("list"))
          .contains("\"gone\":[]", "[1,0]", "[2,1]", "[3,2]", "\"rows\":3", "\"total\":3");
      List<String> rows = List.of(events.next("row"), events.next("row"), events.next("row"));
      assertThat(rows)
          .extracting(row -> number(row, "pid"))
          .containsExactlyInAnyOrder("1", "2", "3");
      assertThat(rows).allSatisfy(row -> assertThat(row).contains("\"user\":\"ada\""));
    }
  }

  @Test
  void stream_refresh_patchesExactlyTheRowsThatChanged() {
    try (Events events = connected("", 3)) {
      refresh(row(1, "init", 900), row(2, "java", 510), row(3, "bash", 100));
      assertThat(untilFigures(events)).containsExactly("row 2");

      refresh();
      assertThat(untilFigures(events)).containsExactly("row 2"); // from 1 % to 0 %

      refresh();
      assertThat(untilFigures(events)).isEmpty();

      refresh(row(1, "init", 901), row(2, "java", 510), row(3, "bash", 101));
      assertThat(untilFigures(events)).containsExactlyInAnyOrder("row 1", "row 3");
    }
  }

  @Test
  void stream_rowChanged_saysOnlyWhatChanged() {
    try (Events events = connected("", 3)) {
      refresh(row(1, "init", 900), row(2, "java", 510), row(3, "bash", 100));

      assertThat(events.next("row")).isEqualTo("{\"pid\":2,\"cpuMillis\":510,\"cpuTenths\":10}");
    }
  }

  @Test
  void stream_processCameAndWent_movesTheList() {
    try (Events events = connected("", 3)) {
      refresh(row(1, "init", 900), row(3, "bash", 100), row(4, "vim", 200));

      assertThat(events.next("list"))
          .contains("\"gone\":[2]", "\"at\":[[4,1]]", "\"rows\":3,\"matching\":3,\"total\":3");
      assertThat(events.next("row")).contains("\"pid\":4", "\"name\":\"vim\"");
    }
  }

  @Test
  void stream_rowNotShown_isNotSent() {
    try (Events events = connected("?filter=bash", 1)) {
      refresh(row(1, "init", 950), row(2, "java", 950), row(3, "bash", 100));
      assertThat(untilFigures(events)).isEmpty();

      refresh(row(1, "init", 960), row(2, "java", 950), row(3, "bash", 110));
      assertThat(untilFigures(events)).containsExactly("row 3");
    }
  }

  @Test
  void filter_posted_narrowsThisPageAndNoOther() {
    try (Events mine = browser.events("/board/stream");
        Events other = connected("", 3)) {
      String session = number(mine.next("hello"), "session");
      mine.next("list");

      assertThat(post("filter", session, ",\"filter\":\"java\"")).isEqualTo(204);

      assertThat(mine.next("list")).contains("\"at\":[[2,0]]", "\"rows\":1");
      refresh(row(1, "init", 901), row(2, "java", 500), row(3, "bash", 100));
      assertThat(untilFigures(other)).containsExactly("row 1");
    }
  }

  @Test
  void sort_posted_movesRowsWithoutSendingThemAgain() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      events.next("row");
      events.next("row");
      events.next("row");

      assertThat(post("sort", session, ",\"column\":\"name\",\"descending\":false")).isEqualTo(204);

      assertThat(events.next("list")).contains("[3,0]", "[1,1]", "[2,2]", "\"gone\":[]");
      refresh(row(1, "init", 901), row(2, "java", 500), row(3, "bash", 100));
      assertThat(untilFigures(events))
          .filteredOn(seen -> seen.startsWith("row"))
          .containsExactly("row 1");
    }
  }

  @Test
  void pin_postedAndTakenBack_movesTheRow() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      events.next("list");

      assertThat(post("pin", session, ",\"pid\":3")).isEqualTo(204);
      assertThat(events.next("list")).contains("[3,0]");
      assertThat(post("unpin", session, ",\"pid\":3")).isEqualTo(204);
      assertThat(events.next("list")).contains("[3,2]");
    }
  }

  @Test
  void stream_viewInAddress_isRestored() {
    try (Events events =
        browser.events("/board/stream?filter=a&sort=pid&descending=false&pinned=3,999")) {
      assertThat(events.next("view"))
          .isEqualTo("{\"filter\":\"a\",\"sort\":\"pid\",\"descending\":false,\"pinned\":[3,999]}");
      assertThat(events.next("list")).contains("[3,0]", "[1,1]", "[2,2]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=size",
        "descending=maybe",
        "pinned=1,,2",
        "pinned=-1",
        "pinned=0",
        "pinned=x",
        "filter=%07",
        "page=2",
        "pinned=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24"
            + ",25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51"
      })
  void stream_badView_is400(String query) {
    assertThat(browser.get("/board/stream?" + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter|,\"filter\":7|400",
        "filter||400",
        "filter|,\"filter\":\"x\",\"sort\":\"pid\"|400",
        "sort|,\"column\":\"size\",\"descending\":true|400",
        "sort|,\"column\":\"pid\"|400",
        "pin|,\"pid\":0|400",
        "pin|,\"pid\":-3|400",
        "pin|,\"pid\":true|400",
        "pin|,\"pid\":999|404",
        "unpin||400",
        "slow|,\"slow\":2|400",
      })
  void post_badFields_isRefusedAndChangesNothing(String action, String fields, int status) {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      events.next("view");

      assertThat(post(action, session, fields == null ? "" : fields)).isEqualTo(status);

      assertThat(post("filter", session, ",\"filter\":\"marker\"")).isEqualTo(204);
      assertThat(events.next("view")).contains("\"marker\"", "\"sort\":\"time\"", "\"pinned\":[]");
    }
  }

  @Test
  void post_unknownSession_is404() {
    assertThat(post("filter", "0".repeat(32), ",\"filter\":\"x\"")).isEqualTo(404);
    assertThat(browser.post("/board/filter", "{\"filter\":\"x\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void figures_afterRefresh_sayWhatTheLibraryDid() {
    try (Events events = connected("", 3)) {
      refresh(row(1, "init", 900), row(2, "java", 510), row(3, "bash", 100));

      String figures = events.next("figures");
      assertThat(number(figures, "refreshes")).isEqualTo("3");
      assertThat(number(figures, "processes")).isEqualTo("3");
      assertThat(number(figures, "changed")).isEqualTo("1");
      assertThat(number(figures, "notified")).isEqualTo("1");
      assertThat(number(figures, "followed")).isEqualTo("3");
      assertThat(Long.parseLong(number(figures, "lastNanos"))).isPositive();
      assertThat(number(figures, "commits")).isEqualTo("3"); // two refreshes in the beginning
    }
  }

  @Test
  void figures_nothingChanged_sayThatNobodyWasTold() {
    refresh(row(1, "init", 900), row(2, "java", 510), row(3, "bash", 100));
    refresh();
    try (Events events = connected("", 3)) {
      refresh();

      String figures = events.next("figures");
      assertThat(number(figures, "changed")).isEqualTo("0");
      assertThat(number(figures, "notified")).isEqualTo("0");
      assertThat(number(figures, "commits")).isEqualTo("4"); // five refreshes
    }
  }

  @Test
  void refresh_readingFails_keepsWhatIsKnownAndTriesAgain() {
    try (Events events = connected("", 3)) {
      failing = true;
      refresh();
      failing = false;
      refresh(row(1, "init", 900), row(2, "java", 520), row(3, "bash", 100));

      assertThat(events.next("row")).isEqualTo("{\"pid\":2,\"cpuMillis\":520,\"cpuTenths\":10}");
    }
  }

  @Test
  void close_pagesAreOpen_endsStreamsAndRefreshes() {
    Events events = connected("", 3);

    server.close();
    running.close();

    assertThat(events.next("stopped")).isEqualTo("{}");
    assertThat(events.next().type()).isEqualTo("end");
    assertThat(time.pending()).isZero();
    assertThatCode(() -> time.advance(Duration.ofMinutes(1))).doesNotThrowAnyException();
  }
}
