package io.stateward.examples.cookbook;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Loader;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How long a cache keeps what it has, and what it does when its source is slow or fails. */
final class CacheLifetimes {

  private CacheLifetimes() {}

  /** An exchange rate, which changes until the bank has closed for the day. */
  record Rate(String currency, String value, boolean isFinal) {}

  /** Where the rates are. */
  interface Bank {
    @Nullable Rate find(String currency);
  }

  /** What a server answers that is asked whether a page has changed. */
  record Response(int status, String page, String etag) {}

  /** Where the pages are. */
  interface Pages {
    Response get(String path, @Nullable String etag);
  }

  static Policy remembering() {
    // tag: negative
    Policy policy =
        Policy.ttl(Duration.ofHours(1)) // a value
            .absent(Duration.ofSeconds(30)) // that there is none
            .failure(Duration.ofSeconds(1)); // that it failed: the source gets a breather
    // end
    return policy;
  }

  static Policy refreshing() {
    // tag: refresh
    Policy policy =
        Policy.ttl(Duration.ofHours(1))
            .eager(1) // now and then before the hour is over, by chance, in the background
            .staleWhileRevalidate(Duration.ofMinutes(1)); // and after it: served, while refreshed
    // end
    return policy;
  }

  static Policy patient() {
    // tag: failsafe
    Policy policy =
        Policy.ttl(Duration.ofHours(1))
            .failSafe(Duration.ofHours(6)) // served for so long after its hour if the source fails
            .softTimeout(Duration.ofMillis(200)) // or takes longer than this, and goes on loading
            .hardTimeout(Duration.ofSeconds(5)); // after that, the load has failed
    // end
    return policy;
  }

  static LayeredCache<String, Rate> rates(
      Bank bank, Policy policy, Executor executor, Timekeeper timekeeper) {
    // tag: own
    Loader<String, Rate> loader =
        load -> {
          Rate rate = bank.find(load.key());
          return rate == null || rate.isFinal()
              ? Loaded.ofNullable(rate)
              : Loaded.of(rate).freshFor(Duration.ofSeconds(10)); // not the hour of the policy
        };
    // end
    return LayeredCache.named("rates")
        .policy(policy)
        .executor(executor)
        .timekeeper(timekeeper)
        .buildWith(loader);
  }

  static LayeredCache<String, String> pages(Pages http, Timekeeper timekeeper) {
    // tag: conditional
    Loader<String, String> loader =
        load -> {
          Response response = http.get(load.key(), load.validator()); // as If-None-Match
          return response.status() == 304
              ? Loaded.notModified() // what is kept is fresh again
              : Loaded.of(response.page()).validator(response.etag());
        };
    // end
    return LayeredCache.named("pages")
        .policy(Policy.ttl(Duration.ofMinutes(1)).failSafe(Duration.ofHours(1)))
        .timekeeper(timekeeper)
        .buildWith(loader);
  }

  static String line(Result<Rate> result) {
    // tag: told
    String note =
        result.source() == Result.Source.STALE
            ? " (%d s ago)".formatted(result.age().toSeconds())
            : "";
    String line =
        result.fold(rate -> rate.value() + note, () -> "unknown", failure -> "ask again later");
    // end
    return line;
  }
}
