package io.stateward.examples.cookbook;

import com.sun.net.httpserver.HttpExchange;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.http.Cdn;
import io.stateward.cache.http.ETag;
import io.stateward.cache.http.HttpAnswer;
import io.stateward.cache.http.HttpCaching;
import io.stateward.cache.http.Purge;
import io.stateward.cache.http.Purging;
import io.stateward.cache.http.SurrogateKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A cache whose outermost layers are a CDN and the browser. */
final class HttpCopies {

  private HttpCopies() {}

  /** Renders pages. */
  interface Site {
    String render(String path);
  }

  static HttpCaching described(Policy policy) {
    // tag: describe
    HttpCaching caching =
        HttpCaching.shared(policy) // everybody may see it
            .browser(Duration.ofSeconds(10)) // nobody can take it back from there
            .cdn(Duration.ofHours(1), Cdn.surrogate(SurrogateKeys.of("pages")));
    // end
    return caching;
  }

  static void serve(HttpExchange exchange, LayeredCache<String, String> pages, HttpCaching caching)
      throws IOException {
    // tag: serve
    String path = exchange.getRequestURI().getPath();
    Result<String> page = pages.get(path);
    String html = page.fold(it -> it, () -> "Not found", failure -> "Not now");
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    String condition = exchange.getRequestHeaders().getFirst("If-None-Match");

    HttpAnswer answer = caching.answer(path, page, ETag.of(body), condition);

    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), answer.hasBody() ? body.length : -1);
    if (answer.hasBody()) {
      exchange.getResponseBody().write(body);
    }
    // end
  }

  static Purging purging(URI cdn, HttpClient http, Policy policy) {
    // tag: purge
    Purge purge = names -> http.sendAsync(drop(cdn, names), done()).thenAccept(HttpCopies::check);
    Duration fetch = Duration.ofSeconds(30); // no page takes the CDN longer than that
    Duration again = policy.bound().plus(fetch);
    Purging purging = Purging.of(SurrogateKeys.of("pages"), purge, again);
    // end
    return purging;
  }

  // tag: request
  static HttpRequest drop(URI cdn, List<String> names) {
    return HttpRequest.newBuilder(cdn)
        .timeout(Duration.ofSeconds(10))
        .header("Surrogate-Key", String.join(" ", names)) // as your CDN wants it
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  static void check(HttpResponse<Void> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("The CDN answered " + response.statusCode()); // tried again
    }
  }

  // end

  private static HttpResponse.BodyHandler<Void> done() {
    return HttpResponse.BodyHandlers.discarding();
  }

  static LayeredCache<String, String> pages(Site site, Policy policy, Purging purging) {
    // tag: open
    LayeredCache<String, String> pages =
        LayeredCache.named("pages")
            .policy(policy)
            .onInvalidate(purging)
            .buildWith(load -> Loaded.of(site.render(load.key())).tagged("layout"));
    // end
    return pages;
  }

  static CompletionStage<?> redesigned(LayeredCache<String, String> pages) {
    // tag: invalidate
    CompletionStage<?> done = pages.invalidateTagAsync("layout"); // here, elsewhere, in the CDN
    // end
    return done;
  }
}
