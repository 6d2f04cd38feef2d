package io.stateward.cache.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.Stamp;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** What the rules of a cache layer are checked on. */
interface LayerSubjects {

  String CACHE = "users";
  String FORM = "text-1";

  CacheLayer layer();

  void pass(Duration time);

  Duration moment();

  int logBound();

  int rounds();

  boolean keepsIntents();

  @Nullable LayerWeather weather();

  /** Returns what the fixture can do to the layer; a fixture that cannot is spared the rule. */
  default LayerWeather storm() {
    LayerWeather weather = weather();
    Assumptions.assumeTrue(weather != null, "the fixture has no weather");
    return java.util.Objects.requireNonNull(weather);
  }

  /** Opens a session of the cache. */
  default LayerSession open() {
    return now(layer().open(CACHE, FORM));
  }

  default Duration moments(int number) {
    return moment().multipliedBy(number);
  }

  /** Waits for an answer. What it failed with comes out as it is. */
  static <T> T now(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("There was no answer.", e);
    }
  }

  /** Takes the lease on a key that is free. */
  default Lease lease(LayerSession session, String key) {
    return leased(now(session.acquire(key, null, moments(100))));
  }

  static Lease leased(Acquired acquired) {
    assertThat(acquired).isInstanceOf(Acquired.Leased.class);
    return ((Acquired.Leased) acquired).lease();
  }

  /** Returns an entry that lives for long. */
  default LayerEntry entry(Lease lease, String text, String... tags) {
    return lease.entry(text.getBytes(UTF_8), Set.of(tags), null, moments(1000), moments(2000));
  }

  default LayerEntry entry(Intent intent, String text) {
    return intent.entry(text.getBytes(UTF_8), Set.of(), null, moments(1000), moments(2000));
  }

  /** Puts an entry in as who loads it does. */
  default Lease filled(LayerSession session, String key, String text) {
    Lease lease = lease(session, key);
    assertThat(now(session.fill(key, lease, entry(lease, text)))).isTrue();
    return lease;
  }

  /** Returns the text of what is there; null if nothing is. */
  static @Nullable String text(LayerSession session, String key) {
    LayerEntry entry = now(session.read(key)).entry();
    return entry == null || entry.value() == null ? null : new String(entry.value(), UTF_8);
  }

  static Stamp invalidated(LayerSession session, String key) {
    return now(session.invalidate(new Invalidation.Key(key)));
  }

  static Head head(Stamp stamp) {
    return new Head(stamp.epoch(), stamp.sequence());
  }

  /** Returns a key of another bucket, or another key if there is but one bucket. */
  static String elsewhere(LayerSession session, String key) {
    for (int i = 0; session.buckets() > 1; i++) {
      if (session.bucketOf(key + i) != session.bucketOf(key)) {
        return key + i;
      }
    }
    return key + "x";
  }
}
