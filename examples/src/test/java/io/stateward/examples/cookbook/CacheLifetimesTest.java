package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.examples.cookbook.CacheLifetimes.Rate;
import io.stateward.examples.cookbook.CacheLifetimes.Response;
import io.stateward.testkit.ManualExecutor;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CacheLifetimesTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Map<String, Rate> rates =
      new HashMap<>(Map.of("EUR", new Rate("EUR", "1.10", true), "GBP", rate("1.30")));
  private int reads;
  private boolean failing;

  private static Rate rate(String value) {
    return new Rate("GBP", value, false);
  }

  private @Nullable Rate find(String currency) {
    reads++;
    if (failing) {
      throw new IllegalStateException("The bank is closed.");
    }
    return rates.get(currency);
  }

  private LayeredCache<String, Rate> cache(Policy policy) {
    return CacheLifetimes.rates(this::find, policy, Runnable::run, time);
  }

  private void pass(Duration duration) {
    time.advance(duration);
  }

  @Test
  void negative_thereIsNone_isAskedAgainSooner() {
    try (LayeredCache<String, Rate> cache = cache(CacheLifetimes.remembering())) {
      cache.get("EUR");
      cache.get("XAU");
      pass(Duration.ofSeconds(31));

      cache.get("EUR");
      cache.get("XAU");

      assertThat(reads).isEqualTo(3);
    }
  }

  @Test
  void negative_failure_isNotAskedAgainForASecond() {
    failing = true;
    try (LayeredCache<String, Rate> cache = cache(CacheLifetimes.remembering())) {
      assertThat(CacheLifetimes.line(cache.get("EUR"))).isEqualTo("ask again later");
      cache.get("EUR");
      assertThat(reads).isEqualTo(1);
      failing = false;
      pass(Duration.ofSeconds(2));

      assertThat(CacheLifetimes.line(cache.get("EUR"))).isEqualTo("1.10");
    }
  }

  @Test
  void refresh_afterItsHour_isServedOnceMore() {
    ManualExecutor background = new ManualExecutor();
    Policy policy = CacheLifetimes.refreshing().eager(0); // without chance
    try (LayeredCache<String, Rate> cache =
        CacheLifetimes.rates(this::find, policy, background, time)) {
      cache.get("EUR");
      pass(Duration.ofHours(1));
      rates.put("EUR", new Rate("EUR", "1.20", true));

      assertThat(CacheLifetimes.line(cache.get("EUR"))).isEqualTo("1.10 (3600 s ago)");
      background.runAll();
      assertThat(CacheLifetimes.line(cache.get("EUR"))).isEqualTo("1.20");
    }
  }

  @Test
  void failSafe_whileTheSourceFails_servesWhatWasThere() {
    try (LayeredCache<String, Rate> cache = cache(CacheLifetimes.patient())) {
      cache.get("EUR");
      pass(Duration.ofHours(2));
      failing = true;

      Result<Rate> result = cache.get("EUR");

      assertThat(result.source()).isEqualTo(Result.Source.STALE);
      assertThat(result.reason()).isEqualTo(Result.Reason.LOADER_FAILED);
      assertThat(CacheLifetimes.line(result)).isEqualTo("1.10 (7200 s ago)");
      pass(Duration.ofHours(5));
      assertThat(CacheLifetimes.line(cache.get("EUR"))).isEqualTo("ask again later");
    }
  }

  @Test
  void own_whatWillChange_isFreshForSeconds() {
    try (LayeredCache<String, Rate> cache = cache(Policy.ttl(Duration.ofHours(1)))) {
      cache.get("EUR");
      cache.get("GBP");
      pass(Duration.ofSeconds(11));
      rates.put("GBP", rate("1.31"));

      assertThat(CacheLifetimes.line(cache.get("GBP"))).isEqualTo("1.31");
      cache.get("EUR");
      assertThat(reads).isEqualTo(3);
    }
  }

  @Test
  void conditional_notModified_isFreshAgain() {
    int[] sent = new int[1];
    CacheLifetimes.Pages http =
        (path, etag) -> {
          if ("v1".equals(etag)) {
            return new Response(304, "", "v1");
          }
          sent[0]++;
          return new Response(200, "hello", "v1");
        };
    try (LayeredCache<String, String> pages = CacheLifetimes.pages(http, time)) {
      pages.get("/");
      pass(Duration.ofMinutes(2));

      assertThat(pages.get("/").value()).isEqualTo("hello");
      assertThat(sent[0]).isEqualTo(1);
    }
  }
}
