package io.stateward.redis.internal;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a Redis is.
 *
 * @param uris one, or some nodes of a cluster
 * @param cluster whether it is one
 */
public record Addresses(List<RedisURI> uris, boolean cluster) {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Returns the address of one server, or of one behind sentinels. */
  public static Addresses one(String address) {
    return new Addresses(List.of(uri(address)), false);
  }

  /** Returns the addresses of nodes of a cluster. */
  public static Addresses several(List<String> addresses) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "A cluster is found by the address of one of its nodes at least, and there is none here.");
    }
    return new Addresses(addresses.stream().map(Addresses::uri).toList(), true);
  }

  private static RedisURI uri(String address) {
    RedisURI uri = parsed(address);
    if (!address.contains("timeout=")) {
      uri.setTimeout(TIMEOUT);
    }
    if (uri.getTimeout().isZero() || uri.getTimeout().isNegative()) {
      throw new IllegalArgumentException(
          "A time-out of %s would wait for ever for a Redis that hangs. Give it some time, as in ?timeout=2s."
              .formatted(uri.getTimeout()));
    }
    return uri;
  }

  private static RedisURI parsed(String address) {
    try {
      return RedisURI.create(address);
    } catch (RuntimeException e) { // its message may have the password in it
      throw new IllegalArgumentException(
          "'%s' is no address of a Redis. Write redis://host:6379, rediss://host:6379 for TLS, or redis-sentinel://host1,host2/0#master; a password comes before the host, as in redis://user:password@host, with its special characters as %%40."
              .formatted(masked(address)));
    }
  }

  /** Leaves out what is between the scheme and the last at sign, which may be a password. */
  static String masked(String address) {
    int scheme = address.indexOf("://");
    int at = address.lastIndexOf('@');
    return at < 0
        ? address
        : (scheme < 0 ? "" : address.substring(0, scheme + 3)) + "***" + address.substring(at);
  }

  /** Returns how long an answer is waited for. */
  Duration timeout() {
    return uris.get(0).getTimeout();
  }

  /** Returns hosts and ports, and nothing else. */
  @Override
  public String toString() {
    return uris.stream().flatMap(Addresses::places).collect(Collectors.joining(", "));
  }

  private static Stream<String> places(RedisURI uri) {
    if (uri.getSentinels().isEmpty()) {
      return Stream.of(uri.getSocket() == null ? place(uri) : uri.getSocket());
    }
    return Stream.of(
        uri.getSentinels().stream().map(Addresses::place).collect(Collectors.joining(", "))
            + " (sentinels of '"
            + uri.getSentinelMasterId()
            + "')");
  }

  private static String place(RedisURI uri) {
    return uri.getHost() + ":" + uri.getPort();
  }
}
