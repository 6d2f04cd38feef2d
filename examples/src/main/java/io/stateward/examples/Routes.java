package io.stateward.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is served, by exact path.
 *
 * <pre>{@code
 * routes
 *     .get("/board/", Reply.resource("/web/board/index.html"))
 *     .post("/board/pin", fields -> pin(fields.positive("pid")))
 *     .stream("/board/stream", (query, stream) -> show(query.text("filter", 100), stream));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Filled by one thread before the server starts, then only read.
 *
 * @since 0.1
 */
public final class Routes {

  /**
   * Prepares a stream of events and is done; the stream then runs until the browser leaves.
   *
   * @since 0.1
   */
  @FunctionalInterface
  public interface StreamHandler {

    /**
     * Connects a stream to what it shows.
     *
     * @param query the fields of the address's query
     * @param stream the stream, which is also the executor to deliver on
     * @return what to run when the stream has ended
     * @throws Refusal if the request is not acceptable
     */
    Runnable connect(Fields query, EventStream stream);
  }

  /** What answers a path; exactly one of the two handlers is there. */
  record Route(
      String method,
      @Nullable Function<Fields, Reply> handler,
      @Nullable StreamHandler streamHandler) {}

  private final Map<String, Route> byPath = new LinkedHashMap<>();

  /** Creates routes that serve nothing yet. */
  public Routes() {}

  /**
   * Answers GET with what never changes.
   *
   * @param path the exact path
   * @param reply the answer
   * @return these routes
   */
  public Routes get(String path, Reply reply) {
    return get(path, () -> reply);
  }

  /**
   * Answers GET with what there is to say at that moment.
   *
   * @param path the exact path
   * @param reply makes the answer
   * @return these routes
   */
  public Routes get(String path, Supplier<Reply> reply) {
    return add(
        path,
        new Route(
            "GET",
            query -> {
              query.nothingElse();
              return reply.get();
            },
            null));
  }

  /**
   * Takes POST, with a small JSON object as its body.
   *
   * @param path the exact path
   * @param handler takes the fields, makes sure that there is nothing else, and only then acts
   * @return these routes
   */
  public Routes post(String path, Consumer<Fields> handler) {
    return add(
        path,
        new Route(
            "POST",
            fields -> {
              handler.accept(fields);
              return Reply.nothing();
            },
            null));
  }

  /**
   * Answers GET with a stream of events.
   *
   * @param path the exact path
   * @param handler prepares the stream
   * @return these routes
   */
  public Routes stream(String path, StreamHandler handler) {
    return add(path, new Route("GET", null, handler));
  }

  @Nullable Route at(String path) {
    return byPath.get(path);
  }

  private Routes add(String path, Route route) {
    if (byPath.putIfAbsent(path, route) != null) {
      throw new IllegalArgumentException("Two routes for " + path + ". Give each its own path.");
    }
    return this;
  }
}
