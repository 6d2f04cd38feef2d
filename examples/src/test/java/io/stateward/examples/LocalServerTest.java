package io.stateward.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.TestBrowser.Events;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalServerTest {

  private final List<String> taken = new ArrayList<>();
  private final AtomicInteger endedStreams = new AtomicInteger();
  private LocalServer server;
  private TestBrowser browser;

  @BeforeEach
  void start() throws IOException {
    Routes routes =
        new Routes()
                .get("/", Reply.text("home"))
                .post("/take", this::take)
                .post("/fail", fields -> fail())
                .stream("/stream", this::stream);
    server = LocalServer.start(0, routes);
    browser = new TestBrowser(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void take(Fields fields) {
    String text = fields.text("text", 5);
    fields.nothingElse();
    taken.add(text);
  }

  private static void fail() {
    throw new IllegalStateException("a secret of the server");
  }

  private Runnable stream(Fields query, EventStream stream) {
    query.nothingElse();
    stream.execute(() -> stream.send("hello", "{}"));
    return endedStreams::incrementAndGet;
  }

  @Test
  void get_knownPath_answersWithSecurityHeaders() {
    HttpResponse<String> response = browser.get("/");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("home");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "*");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
        .hasValue("same-origin");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/shared/stateward.css,text/css",
    "/shared/theme.js,text/javascript",
    "/shared/elements.js,text/javascript",
    "/shared/live.js,text/javascript",
    "/shared/table.js,text/javascript",
    "/shared/icon.svg,image/svg+xml"
  })
  void get_sharedFile_hasItsType(String path, String type) {
    HttpResponse<String> response = browser.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(response.body()).doesNotContain("http://127", "https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/shared/",
        "/shared/../shared/live.js",
        "/shared/%2e%2e/board/index.html",
        "/..%2f..%2fpom.xml",
        "/%00",
        "//shared/live.js"
      })
  void get_unknownPath_is404(String path) {
    String answer = browser.getUnderHost(path, "127.0.0.1:" + server.port());

    assertThat(answer).startsWith("HTTP/1.1 404").contains("Start at " + server.address());
  }

  @Test
  void request_otherMethod_is405AndSaysWhich() {
    HttpResponse<String> post = browser.post("/", "{}");
    HttpResponse<String> get = browser.get("/take");
    HttpResponse<String> delete = browser.send(browser.request("/").DELETE());

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET");
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    assertThat(delete.statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""})
  void request_foreignHost_isRefused(String host) {
    String answer = browser.getUnderHost("/", host);

    assertThat(answer).containsPattern("^HTTP/1.1 40[03]").doesNotContain("home");
  }

  @Test
  void request_localhost_isAnswered() {
    assertThat(browser.getUnderHost("/", "localhost:" + server.port())).contains("200", "home");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://127.0.0.1",
        "http://localhost"
      })
  void request_foreignOrigin_isRefused(String origin) {
    HttpResponse<String> post = browser.post("/take", "{\"text\":\"x\"}", "Origin", origin);
    HttpResponse<String> get = browser.get("/stream", "Origin", origin);

    assertThat(post.statusCode()).isEqualTo(403);
    assertThat(get.statusCode()).isEqualTo(403);
    assertThat(taken).isEmpty();
  }

  @Test
  void request_ownOrigin_isAnswered() {
    String origin = "http://127.0.0.1:" + server.port();

    HttpResponse<String> response =
        browser.post(
            "/take", "{\"text\":\"x\"}", "Origin", origin, "Sec-Fetch-Site", "same-origin");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(taken).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
  void request_fetchedByForeignPage_isRefused(String site) {
    assertThat(browser.get("/", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "no-cors").statusCode())
        .isEqualTo(403);
    assertThat(browser.post("/take", "{\"text\":\"x\"}", "Sec-Fetch-Site", site).statusCode())
        .isEqualTo(403);
    assertThat(taken).isEmpty();
  }

  @Test
  void get_linkOnForeignPage_isFollowed() {
    HttpResponse<String> response =
        browser.get(
            "/",
            "Sec-Fetch-Site",
            "cross-site",
            "Sec-Fetch-Mode",
            "navigate",
            "Sec-Fetch-Dest",
            "document");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|at character 1",
        "[]|at character 1",
        "{\"text\":\"x\"|at character 12",
        "{\"text\":\"x\"} x|at character 14",
        "{\"text\":null}|a string, an integer, true or false",
        "{\"text\":{}}|a string, an integer, true or false",
        "{\"text\":1.5}|at character 10",
        "{\"text\":\"\\q\"}|an escape",
        "{\"text\":\"x\",\"text\":\"y\"}|comes twice",
        "{\"text\":7}|'text' must be there and be a text",
        "{}|'text' must be there",
        "{\"text\":\"123456\"}|has 6 characters; it may have 5",
        "{\"text\":\"\\u0007\"}|control characters",
        "{\"text\":\"x\",\"more\":1}|Unknown fields: more",
      })
  void post_badBody_is400AndSaysWhy(String body, String reason) {
    HttpResponse<String> response = browser.post("/take", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JsonReader.read(response.body()).get("error").toString()).contains(reason);
    assertThat(taken).isEmpty();
  }

  @Test
  void post_notUtf8_is400() {
    byte[] body = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'};

    HttpResponse<String> response =
        browser.send(
            browser
                .request("/take", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("not UTF-8");
  }

  @Test
  void post_longBody_is413() {
    HttpResponse<String> response =
        browser.post("/take", "{\"text\":\"" + "x".repeat(5_000) + "\"}");

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("4096");
  }

  @Test
  void post_formOfForeignPage_is415() {
    HttpResponse<String> response =
        browser.send(
            browser
                .request("/take", "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"text\":\"x\"}")));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?x=1", "/stream?x=1", "/stream?a=1&a=2", "/stream?a=%25%zz"})
  void get_badQuery_is400(String path) {
    String answer = browser.getUnderHost(path, "127.0.0.1:" + server.port());

    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void post_queryInAddress_is400() {
    assertThat(browser.post("/take?text=x", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void post_handlerFails_is500WithoutDetails() {
    HttpResponse<String> response = browser.post("/fail", "{}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void stream_tooManyPages_is503() {
    List<Events> open = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      open.add(browser.events("/stream"));
      assertThat(open.get(i).next("hello")).isEqualTo("{}");
    }

    HttpResponse<String> refused = browser.get("/stream");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("16 pages are open already");
    open.forEach(Events::close);
  }

  @Test
  void close_openStream_saysGoodbyeAndFreesThePort() throws IOException {
    Events events = browser.events("/stream");
    events.next("hello");

    server.close();

    assertThat(events.next().type()).isEqualTo("stopped");
    assertThat(events.next().type()).isEqualTo("end");
    assertThat(endedStreams).hasValue(1);
    assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close())
        .isInstanceOf(ConnectException.class);
    try (ServerSocket again = new ServerSocket(server.port())) {
      assertThat(again.isBound()).isTrue();
    }
  }
}
