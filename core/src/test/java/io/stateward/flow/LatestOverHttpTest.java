package io.stateward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A newer call ends the request of the older one, down to the connection. */
final class LatestOverHttpTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch slowBegan = new CountDownLatch(1);
  private final CountDownLatch slowWasCutOff = new CountDownLatch(1);
  private final HttpServer server;

  LatestOverHttpTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/quick", LatestOverHttpTest::answer);
    server.createContext("/slow", this::answerForEver);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void answerForEver(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    slowBegan.countDown();
    try (OutputStream body = exchange.getResponseBody()) {
      while (true) {
        body.write(new byte[1_024]);
        body.flush();
      }
    } catch (IOException cutOff) {
      slowWasCutOff.countDown();
    }
  }

  @Test
  void start_whileARequestIsUnderWay_closesItsConnection() throws Exception {
    HttpClient client = HttpClient.newBuilder().executor(threads).build();
    URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Latest<String, HttpResponse<Void>> latest =
        Latest.of(
            "pages",
            Call.stage(
                path ->
                    client.sendAsync(
                        HttpRequest.newBuilder(root.resolve(path)).build(),
                        BodyHandlers.discarding())));

    Task<HttpResponse<Void>> slow = latest.start("/slow");
    assertThat(slowBegan.await(30, TimeUnit.SECONDS)).isTrue();
    Task<HttpResponse<Void>> quick = latest.start("/quick");

    assertThat(quick.await().orThrow().statusCode()).isEqualTo(204);
    assertThat(slow.await()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(slowWasCutOff.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
