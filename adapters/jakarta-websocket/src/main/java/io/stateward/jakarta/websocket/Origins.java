package io.stateward.jakarta.websocket;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Origins as browsers send them (RFC 6454, section 6.2), for comparison. */
final class Origins {

  private Origins() {}

  static Set<String> checked(Collection<String> origins) {
    return origins.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet());
  }

  private static String checked(String origin) {
    if (!isOrigin(origin)) {
      throw new IllegalArgumentException(
          "'%s' is no origin. It has to be a scheme, a host and perhaps a port, without anything after that, such as https://notes.example"
              .formatted(origin));
    }
    return normal(origin);
  }

  private static boolean isOrigin(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getScheme() != null
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the origin in the form in which equal ones are equal. */
  static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (lower.startsWith("https:") && lower.endsWith(":443")) {
      return lower.substring(0, lower.length() - 4);
    }
    if (lower.startsWith("http:") && lower.endsWith(":80")) {
      return lower.substring(0, lower.length() - 3);
    }
    return lower;
  }
}
