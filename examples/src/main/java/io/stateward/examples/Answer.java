package io.stateward.examples;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.stateward.examples.Routes.Route;
import io.stateward.examples.Routes.StreamHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one request: from its headers to a route, its fields, and an answer. */
final class Answer {

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
  private static final int LONGEST_BODY = 4_096; // bytes
  private static final int LONGEST_QUERY = 4_096; // characters

  private final HttpExchange exchange;
  private final LocalServer server;

  Answer(HttpExchange exchange, LocalServer server) {
    this.exchange = exchange;
    this.server = server;
  }

  void to(LocalRequests guard, Routes routes) throws IOException {
    secure(exchange.getResponseHeaders());
    try (exchange) {
      try {
        guard.require(exchange.getRequestMethod(), exchange.getRequestHeaders());
        follow(route(routes));
      } catch (Refusal refusal) {
        send(Reply.problem(refusal));
      } catch (RuntimeException e) {
        LOG.error("{} {} failed.", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        send(Reply.problem(new Refusal(500, "This went wrong here; the terminal says how.")));
      }
    } catch (IOException e) {
      LOG.debug("The browser left before its answer.", e);
    }
  }

  /** Nothing from elsewhere, nothing inline, in nobody's frame, and never from a cache. */
  private static void secure(Headers headers) {
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private Route route(Routes routes) {
    String path = exchange.getRequestURI().getPath();
    Route route = path == null ? null : routes.at(path);
    if (route == null) {
      throw new Refusal(
          404, "There is nothing at this address. Start at %s".formatted(server.address()));
    }
    if (!exchange.getRequestMethod().equals(route.method())) {
      exchange.getResponseHeaders().set("Allow", route.method());
      throw new Refusal(405, "This address takes %s only.".formatted(route.method()));
    }
    return route;
  }

  private void follow(Route route) throws IOException {
    Fields fields = new Fields(route.method().equals("POST") ? body() : query());
    if (route.handler() != null) {
      send(route.handler().apply(fields));
    } else if (route.streamHandler() != null) {
      server.takeRoomForStream();
      try {
        stream(route.streamHandler(), fields);
      } finally {
        server.leaveRoomForStream();
      }
    }
  }

  private void stream(StreamHandler handler, Fields query) throws IOException {
    EventStream stream = new EventStream(exchange.getResponseBody());
    Runnable atEnd = handler.connect(query, stream); // may refuse, so it comes before the headers
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      server.run(stream);
    } finally {
      atEnd.run();
    }
  }

  private Map<String, String> query() {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> values = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return values;
    }
    if (query.length() > LONGEST_QUERY) {
      throw new Refusal(414, "The query is longer than %d characters.".formatted(LONGEST_QUERY));
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (values.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        throw Refusal.badInput("The field '%s' comes twice.".formatted(name));
      }
    }
    return values;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badInput("The query is not encoded as addresses are: " + e.getMessage());
    }
  }

  private Map<String, Object> body() throws IOException {
    if (exchange.getRequestURI().getRawQuery() != null) {
      throw Refusal.badInput("Put the fields into the body, not into the address.");
    }
    @Nullable String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.matches("(?i)application/json(;\\s*charset=utf-8)?")) {
      throw new Refusal(415, "Send the fields as application/json in UTF-8.");
    }
    byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (bytes.length > LONGEST_BODY) {
      throw new Refusal(413, "The body is longer than %d bytes.".formatted(LONGEST_BODY));
    }
    try {
      return JsonReader.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw Refusal.badInput("The body is not UTF-8.");
    }
  }

  private void send(Reply reply) throws IOException {
    if (reply.body().length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }
}
