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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board over HTTP, with processes and time of the test's own. */
final class BoardTest {

  @TempDir private Path data;
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
    running = new Board(this::read, time, Runnable::run).start(routes, data);
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

  /** Returns the next event of a type that has this in it. */
  private static String until(Events events, String type, String part) {
    String data = events.next(type);
    while (!data.contains(part)) {
      data = events.next(type);
    }
    return data;
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
    for (String script :
        List.of("board/board", "board/preferences", "board/search", "shared/steps")) {
      assertThat(browser.get("/" + script + ".js").body())
          .contains("import ")
          .doesNotContain("innerHTML", "insertAdjacentHTML", "http://", "https://");
    }
  }

  @Test
  void get_source_isTheCodeThatRuns() {
    assertThat(browser.get("/board/source").body())
        .contains("processes.at(pid).subscribe(delivery, this::sendRow)")
        .doesNotContain("excerpt:", "import ");
  }

  @ParameterizedTest
  @CsvSource({
    "undo, history.coalesce(",
    "search, Debouncer.after(QUIET)",
    "preferences, Persistence.of(desk)"
  })
  void get_sourceOfAPart_isTheCodeThatRuns(String part, String line) {
    assertThat(browser.get("/board/source/" + part).body())
        .contains(line)
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

      assertThat(post("pin", session, ",\"name\":\"bash\"")).isEqualTo(204);
      assertThat(events.next("list")).contains("[3,0]");
      assertThat(post("unpin", session, ",\"name\":\"bash\"")).isEqualTo(204);
      assertThat(events.next("list")).contains("[3,2]");
    }
  }

  @Test
  void stream_viewInAddress_isRestored() {
    try (Events events = browser.events("/board/stream?filter=a&sort=pid&descending=true")) {
      assertThat(events.next("view"))
          .isEqualTo("{\"filter\":\"a\",\"sort\":\"pid\",\"descending\":true,\"pinned\":[]}");
      assertThat(events.next("list")).contains("[3,0]", "[2,1]", "[1,2]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=size",
        "descending=maybe",
        "filter=%07",
        "page=2",
        "pinned=java",
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
        "pin||400",
        "pin|,\"name\":\"\"|400",
        "pin|,\"name\":3|400",
        "pin|,\"pid\":3|400",
        "unpin||400",
        "undo|,\"steps\":2|400",
        "redo|,\"steps\":2|400",
        "search||400",
        "search|,\"query\":7|400",
        "guard|,\"on\":7|400",
        "outage||400",
        "theme|,\"theme\":\"pink\"|400",
        "column|,\"column\":\"name\",\"shown\":false|400",
        "column|,\"column\":\"pid\"|400",
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
  void undoAndRedo_posted_takeBackTheLastStepAndBringItAgain() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      post("sort", session, ",\"column\":\"cpu\",\"descending\":true");
      post("pin", session, ",\"name\":\"bash\"");
      assertThat(until(events, "view", "bash")).contains("\"sort\":\"cpu\"");

      assertThat(post("undo", session, "")).isEqualTo(204);
      assertThat(events.next("view")).contains("\"sort\":\"cpu\"", "\"pinned\":[]");
      assertThat(post("undo", session, "")).isEqualTo(204);
      assertThat(events.next("view")).contains("\"sort\":\"time\"", "\"pinned\":[]");
      assertThat(post("redo", session, "")).isEqualTo(204);
      assertThat(events.next("view")).contains("\"sort\":\"cpu\"", "\"pinned\":[]");
    }
  }

  @Test
  void history_stepsTakenAndTakenBack_namesTheNextOnes() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      assertThat(events.next("history"))
          .isEqualTo("{\"undoable\":0,\"redoable\":0,\"undo\":null,\"redo\":null}");
      post("sort", session, ",\"column\":\"cpu\",\"descending\":true");
      post("pin", session, ",\"name\":\"bash\"");
      assertThat(until(events, "history", "\"undoable\":2"))
          .isEqualTo("{\"undoable\":2,\"redoable\":0,\"undo\":\"Pin bash\",\"redo\":null}");

      post("undo", session, "");
      post("undo", session, "");
      assertThat(until(events, "history", "\"redoable\":2"))
          .isEqualTo("{\"undoable\":0,\"redoable\":2,\"undo\":null,\"redo\":\"Sort by CPU %\"}");
      post("redo", session, "");
      assertThat(until(events, "history", "\"redoable\":1"))
          .contains("\"undo\":\"Sort by CPU %\",\"redo\":\"Pin bash\"");
    }
  }

  @Test
  void preferences_posted_holdOnEveryPageAndAreSaved() {
    try (Events mine = browser.events("/board/stream");
        Events other = browser.events("/board/stream")) {
      String session = number(mine.next("hello"), "session");
      assertThat(mine.next("preferences")).isEqualTo("{\"theme\":\"system\",\"hidden\":[]}");

      assertThat(post("theme", session, ",\"theme\":\"dark\"")).isEqualTo(204);
      assertThat(post("column", session, ",\"column\":\"user\",\"shown\":false")).isEqualTo(204);

      assertThat(until(other, "preferences", "user"))
          .isEqualTo("{\"theme\":\"dark\",\"hidden\":[\"user\"]}");
      assertThat(until(mine, "saving", "saving\"")).contains("preferences.json");
      time.advance(Duration.ofSeconds(1));
      assertThat(until(mine, "saving", "saved")).contains("\"problem\":null");
      assertThat(data.resolve(Keeping.FILE)).content().contains("\"dark\"", "\"user\"");
    }
  }

  @Test
  void preferences_folderCannotBe_pageSaysSoAndEverythingElseWorks() throws IOException {
    Path file = Files.writeString(data.resolve("occupied"), "");
    Routes routes = new Routes();
    Subscription board = new Board(this::read, time, Runnable::run).start(routes, file);
    try (LocalServer other = LocalServer.start(0, routes)) {
      TestBrowser visitor = new TestBrowser(other);
      try (Events events = visitor.events("/board/stream")) {
        String session = number(events.next("hello"), "session");
        assertThat(events.next("saving"))
            .contains("\"state\":\"refused\"", "nothing will be saved", "occupied");

        String body = "{\"session\":\"%s\",\"name\":\"bash\"}".formatted(session);
        assertThat(visitor.post("/board/pin", body).statusCode()).isEqualTo(204);
        assertThat(until(events, "view", "bash")).contains("\"pinned\":[\"bash\"]");
      }
    } finally {
      board.close();
    }
  }

  @Test
  void undo_filterTypedWithoutAPause_isOneStep() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      for (String text : List.of("b", "ba", "bas")) {
        post("filter", session, ",\"filter\":\"%s\"".formatted(text));
        time.advance(Duration.ofMillis(900));
      }
      time.advance(Duration.ofSeconds(2));
      post("filter", session, ",\"filter\":\"bash\"");

      assertThat(until(events, "view", "\"filter\":\"bash\"")).isNotNull();

      post("undo", session, "");
      assertThat(until(events, "view", "\"filter\":\"ba")).contains("\"filter\":\"bas\"");
      post("undo", session, "");
      assertThat(events.next("view")).contains("\"filter\":\"\"");
    }
  }

  @Test
  void undo_nothingToUndo_isRefused() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");

      assertThat(post("undo", session, "")).isEqualTo(409);
      assertThat(post("redo", session, "")).isEqualTo(409);
      assertThat(browser.post("/board/undo", "{\"session\":\"%s\"}".formatted(session)).body())
          .isEqualTo("{\"error\":\"There is nothing to undo.\"}");
    }
  }

  @Test
  void pin_onOnePage_isPinnedOnAllAndCanBeUndoneOnAny() {
    try (Events mine = browser.events("/board/stream");
        Events other = browser.events("/board/stream?filter=java")) {
      String session = number(mine.next("hello"), "session");
      String otherSession = number(other.next("hello"), "session");
      other.next("view");
      mine.next("view");

      post("pin", session, ",\"name\":\"bash\"");
      assertThat(other.next("view")).contains("\"filter\":\"java\"", "\"pinned\":[\"bash\"]");
      assertThat(mine.next("view")).contains("\"filter\":\"\"", "\"pinned\":[\"bash\"]");
      post("undo", otherSession, "");

      assertThat(mine.next("view")).contains("\"filter\":\"\"", "\"pinned\":[]");
      assertThat(other.next("view")).contains("\"filter\":\"java\"", "\"pinned\":[]");
    }
  }

  @Test
  void search_posted_answersThisPage() {
    try (Events events = browser.events("/board/stream")) {
      String session = number(events.next("hello"), "session");
      assertThat(events.next("search"))
          .isEqualTo(
              "{\"query\":\"\",\"guarded\":true,\"state\":\"idle\",\"problem\":null,\"runs\":[]}");

      assertThat(post("search", session, ",\"query\":\"BASH\"")).isEqualTo(204);
      assertThat(events.next("search")).contains("\"query\":\"BASH\"", "\"state\":\"idle\"");
      time.advance(SearchBox.QUIET);
      String search = events.next("search");
      time.advance(Lookup.latency("BASH"));
      while (!search.contains("\"state\":\"ready\"")) {
        search = events.next("search");
      }

      assertThat(search)
          .contains("\"hits\":[[3,\"bash\",\"/bin/bash\"]]", "\"total\":1", "\"millis\":550");
    }
  }

  @Test
  void stream_closedWhileSearching_endsTheSearch() {
    Events events = browser.events("/board/stream");
    String session = number(events.next("hello"), "session");
    post("search", session, ",\"query\":\"bash\"");

    server.close();
    running.close();

    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (time.pending() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // the thread of the stream may be about to leave
    }
    assertThat(time.pending()).isZero();
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
