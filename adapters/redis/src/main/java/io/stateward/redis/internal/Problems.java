package io.stateward.redis.internal;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisLoadingException;
import io.stateward.redis.RedisUnavailableException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says what keeps a Redis from being used, and what to do. */
final class Problems {

  private Problems() {}

  static RedisUnavailableException of(String where, Throwable failure) {
    String known = "";
    for (Throwable t = failure; t != null && known.isEmpty(); t = t.getCause()) {
      known = known(where, t);
    }
    return new RedisUnavailableException(
        known.isEmpty()
            ? "The Redis at %s cannot be used: %s".formatted(where, failure.getMessage())
            : known,
        failure);
  }

  private static String known(String where, Throwable t) {
    if (t instanceof UnknownHostException) {
      return "The host of the Redis at %s is not known. Look at its address.".formatted(where);
    }
    if (t instanceof ConnectException) {
      return "Nothing accepts connections at %s. Look at its address, and whether Redis runs there."
          .formatted(where);
    }
    if (t instanceof SSLException) {
      return "The Redis at %s and this application do not agree on TLS: %s. Its scheme is rediss:// with TLS and redis:// without, and this JVM has to trust its certificate."
          .formatted(where, t.getMessage());
    }
    if (t instanceof RedisLoadingException) {
      return "The Redis at %s is still loading its data. It is asked again.".formatted(where);
    }
    if (t instanceof RedisCommandTimeoutException || t instanceof TimeoutException) {
      return "The Redis at %s did not answer in time. It may be overloaded or hang, or is no Redis; ?timeout= in its address says how long to wait."
          .formatted(where);
    }
    return refused(where, String.valueOf(t.getMessage()).toUpperCase(Locale.ROOT));
  }

  private static String refused(String where, String message) {
    if (message.startsWith("WRONGPASS") || message.startsWith("ERR INVALID PASSWORD")) {
      return "The Redis at %s does not accept this user and password. They are in its address, before the host."
          .formatted(where);
    }
    if (message.startsWith("NOAUTH")) {
      return "The Redis at %s wants a password. Put it into its address: redis://user:password@host."
          .formatted(where);
    }
    if (message.startsWith("ERR AUTH")) {
      return "The Redis at %s has no password, and its address has one. Leave it out of the address, or set it there."
          .formatted(where);
    }
    if (message.startsWith("NOPERM")) {
      return "The user of the Redis at %s may not do what is needed: %s"
          .formatted(where, message.toLowerCase(Locale.ROOT));
    }
    return "";
  }
}
