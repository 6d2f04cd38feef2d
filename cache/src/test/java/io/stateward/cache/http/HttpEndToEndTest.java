package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server and a client that know nothing of each other but what HTTP says. */
final class HttpEndToEndTest {

  private static final Policy POLICY = Policy.ttl(Duration.ofHours(1));
  private static final HttpCaching CACHING =
      HttpCaching.shared(POLICY).cdn(Duration.ofHours(1), Cdn.surrogate(SurrogateKeys.of("pages")));

  private final Map<String, String> source = new ConcurrentHashMap<>(Map.of("/home", "<p>one</p>"));
  private final AtomicInteger loads = new AtomicInteger();
  private final LayeredCache<String, String> pages =
      LayeredCache.named("pages")
          .policy(POLICY)
          .buildWith(
              load -> {
                loads.incrementAndGet();
                return Loaded.<String>ofNullable(source.get(load.key())).tagged("html");
              });
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable HttpServer server;

  @BeforeEach
  void start() throws IOException {
    HttpServer fresh =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    fresh.createContext("/", this::serve);
    fresh.start();
    server = fresh;
  }

  @AfterEach
  void stop() {
    pages.close();
    if (server != null) {
      server.stop(0);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Result<String> page = pages.get(path);
      byte[] body =
          page.fold(it -> it, () -> "none", failure -> "later").getBytes(StandardCharsets.UTF_8);
      String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
      HttpAnswer answer = CACHING.answer(path, page, ETag.of(body), condition);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.hasBody() ? body.length : -1);
      if (answer.hasBody()) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private HttpResponse<String> get(String path, @Nullable String condition)
      throws IOException, InterruptedException {
    int port = java.util.Objects.requireNonNull(server).getAddress().getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
    if (condition != null) {
      request.header("If-None-Match", condition);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void get_untilItIsInvalidated_isNotSentTwice() throws Exception {
    HttpResponse<String> first = get("/home", null);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("<p>one</p>");
    assertThat(first.headers().firstValue("Surrogate-Key"))
        .hasValue("pages pages/k//home pages/t/html");
    String etag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> second = get("/home", "\"other\", W/" + etag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.headers().firstValue("ETag")).hasValue(etag);
    assertThat(second.headers().firstValue("Cache-Control")).hasValue("public, no-cache");
    assertThat(loads).hasValue(1);

    source.put("/home", "<p>two</p>");
    pages.invalidate("/home");
    HttpResponse<String> third = get("/home", etag);
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(third.body()).isEqualTo("<p>two</p>");
    assertThat(third.headers().firstValue("ETag"))
        .isPresent()
        .isNotEqualTo(first.headers().firstValue("ETag"));
    assertThat(loads).hasValue(2);
  }

  @Test
  void get_whatIsNotThere_is404() throws Exception {
    HttpResponse<String> none = get("/none", "*");

    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).isEqualTo("none");
    assertThat(none.headers().firstValue("ETag")).isEmpty();
    assertThat(none.headers().firstValue("Surrogate-Control")).hasValue("max-age=59");
  }

  @Test
  void get_withAConditionOfAMegabyte_isAnswered() throws Exception {
    assertThat(get("/home", "\"a\",".repeat(50_000)).statusCode()).isIn(200, 400, 431);
  }
}
