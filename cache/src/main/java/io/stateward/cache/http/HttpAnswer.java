package io.stateward.cache.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a request is answered: the status, and the headers that caches read.
 *
 * <pre>{@code
 * answer.headers().forEach(exchange.getResponseHeaders()::set);
 * exchange.sendResponseHeaders(answer.status(), answer.hasBody() ? body.length : -1);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param status 200 if there is a value; 304 if the client has it already; 404 if the source has
 *     none; 503 if it could not be loaded. A host may answer the latter two otherwise
 * @param headers names and values, in order; for a 304 the same as for a 200
 * @since 0.1
 */
public record HttpAnswer(int status, Map<String, String> headers) {

  /**
   * Copies the headers.
   *
   * @param status the status
   * @param headers names and values, in order
   */
  public HttpAnswer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Tells whether the representation is to be sent, or that of an error.
   *
   * @return false if the client has it already
   */
  public boolean hasBody() {
    return status != HttpCaching.NOT_MODIFIED;
  }
}
