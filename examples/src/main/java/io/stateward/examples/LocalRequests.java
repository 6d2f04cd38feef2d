package io.stateward.examples;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;

/**
 * Turns away requests that a page of this server did not make.
 *
 * <p>Any web page may send requests to 127.0.0.1, and a foreign host name may be made to point
 * there (DNS rebinding). The first kind has a foreign {@code Origin} or {@code Sec-Fetch-Site}, the
 * second a foreign {@code Host}. Only following a link to a page is harmless.
 */
final class LocalRequests {

  private final Set<String> hosts;

  LocalRequests(int port) {
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  void require(String method, Headers headers) {
    String host = sole(headers, "Host");
    if (!hosts.contains(host)) {
      throw new Refusal(
          403, "This server answers under %s only, not under '%s'.".formatted(hosts, host));
    }
    if (headers.containsKey("Origin") && !sole(headers, "Origin").equals("http://" + host)) {
      throw new Refusal(
          403, "Pages of %s may not use this server.".formatted(sole(headers, "Origin")));
    }
    if (isForeignFetch(headers) && !isNavigation(method, headers)) {
      throw new Refusal(403, "Only pages of this server may use it.");
    }
  }

  private static boolean isForeignFetch(Headers headers) {
    return headers.containsKey("Sec-Fetch-Site")
        && !Set.of("same-origin", "none").contains(sole(headers, "Sec-Fetch-Site"));
  }

  private static boolean isNavigation(String method, Headers headers) {
    return method.equals("GET")
        && sole(headers, "Sec-Fetch-Mode").equals("navigate")
        && sole(headers, "Sec-Fetch-Dest").equals("document");
  }

  /** Returns the one value of a header; empty if there is none or more than one. */
  private static String sole(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }
}
