package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.http.HttpCaching;
import io.stateward.cache.http.Purging;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HttpCopiesTest {

  private final BlockingQueue<String> dropped = new LinkedBlockingQueue<>();
  private volatile String layout = "old";

  @Test
  void pages_areSentOnceAndDroppedInTheCdn() throws Exception {
    Policy policy = Policy.ttl(Duration.ofHours(1));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI root = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    HttpClient http = HttpClient.newHttpClient();
    HttpCaching caching = HttpCopies.described(policy);
    try (Purging purging = HttpCopies.purging(root.resolve("/purge"), http, policy);
        LayeredCache<String, String> pages =
            HttpCopies.pages(path -> layout + path, policy, purging)) {
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              HttpCopies.serve(exchange, pages, caching);
            }
          });
      server.createContext(
          "/purge",
          exchange -> {
            try (exchange) {
              dropped.add(exchange.getRequestHeaders().getFirst("Surrogate-Key"));
              exchange.sendResponseHeaders(200, -1);
            }
          });
      server.start();

      HttpResponse<String> first = get(http, root.resolve("/a"), "");
      assertThat(first.body()).isEqualTo("old/a");
      assertThat(first.headers().firstValue("Surrogate-Control")).hasValue("max-age=3599");
      assertThat(first.headers().firstValue("Surrogate-Key"))
          .hasValue("pages pages/k//a pages/t/layout");
      String etag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(get(http, root.resolve("/a"), etag).statusCode()).isEqualTo(304);

      layout = "new";
      HttpCopies.redesigned(pages).toCompletableFuture().get(10, TimeUnit.SECONDS);

      assertThat(dropped.poll(10, TimeUnit.SECONDS)).isEqualTo("pages/t/layout");
      assertThat(get(http, root.resolve("/a"), etag).body()).isEqualTo("new/a");
    } finally {
      server.stop(0);
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI uri, String etag) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).header("If-None-Match", etag).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
