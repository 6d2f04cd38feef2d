package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Load;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Result;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which headers come of which result. */
final class HttpCachingTest {

  private static final Policy POLICY =
      Policy.ttl(Duration.ofHours(1))
          .staleWhileRevalidate(Duration.ofSeconds(60))
          .failSafe(Duration.ofHours(6))
          .absent(Duration.ofSeconds(30));
  private static final SurrogateKeys KEYS = SurrogateKeys.of("pages");

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private Function<String, Loaded<String>> source =
      key -> Loaded.of("page").tagged("team:7", "a b");
  private final LayeredCache<String, String> pages =
      LayeredCache.named("pages")
          .policy(POLICY)
          .executor(Runnable::run)
          .timekeeper(time)
          .buildWith((Load<String, String> load) -> source.apply(load.key()));

  private static Map<String, String> headers(HttpCaching caching, Result<?> result) {
    return caching.answer("/home", result, null).headers();
  }

  @Test
  void answer_nothingGiven_isAskedForEachTime() {
    Result<String> result = pages.get("/home");

    assertThat(headers(HttpCaching.shared(POLICY), result))
        .containsExactly(Map.entry("Cache-Control", "public, no-cache"));
    assertThat(headers(HttpCaching.personal(POLICY), result))
        .containsExactly(Map.entry("Cache-Control", "private, no-cache"));
  }

  @Test
  void answer_browser_isToldNoMoreThanWhatIsLeft() {
    HttpCaching caching = HttpCaching.personal(POLICY).browser(Duration.ofMinutes(10));
    Result<String> result = pages.get("/home");
    assertThat(headers(caching, result))
        .containsEntry("Cache-Control", "private, max-age=600, must-revalidate");

    time.advance(Duration.ofMillis(59 * 60_000 + 100)); // 59.9 s are left
    assertThat(headers(caching, result))
        .containsEntry("Cache-Control", "private, max-age=59, must-revalidate");

    time.advance(Duration.ofMillis(59_000)); // 0.9 s
    assertThat(headers(caching, result)).containsEntry("Cache-Control", "private, no-cache");
  }

  @Test
  void answer_browserWithStale_isToldNoMoreThanThePolicySays() {
    HttpCaching caching =
        HttpCaching.shared(POLICY).browser(Duration.ofSeconds(10), Duration.ofSeconds(300));

    assertThat(headers(caching, pages.get("/home")))
        .containsEntry(
            "Cache-Control", "public, max-age=10, stale-while-revalidate=60, stale-if-error=300");
  }

  @Test
  void answer_cdnWithFieldsOfItsOwn_isToldApartFromBrowsers() {
    HttpCaching caching =
        HttpCaching.shared(POLICY)
            .browser(Duration.ofSeconds(10))
            .cdn(Duration.ofMinutes(30), Cdn.surrogate(KEYS));

    assertThat(headers(caching, pages.get("/home")))
        .containsExactly(
            Map.entry("Cache-Control", "public, max-age=10, must-revalidate"),
            Map.entry(
                "Surrogate-Control",
                "max-age=1800, stale-while-revalidate=60, stale-if-error=21600"),
            Map.entry("Surrogate-Key", "pages pages/k//home pages/t/a%20b pages/t/team:7"));
    assertThat(headers(caching.cdn(Duration.ofDays(1), Cdn.targeted(KEYS)), pages.get("/home")))
        .containsEntry(
            "CDN-Cache-Control", "max-age=3600, stale-while-revalidate=60, stale-if-error=21600")
        .containsEntry("Cache-Tag", "pages,pages/k//home,pages/t/a%20b,pages/t/team:7");
  }

  @Test
  void answer_whileTimeGoesOn_saysNoTimeThatIsNone() {
    Timekeeper ticking = new Ticking();
    HttpCaching caching =
        HttpCaching.shared(POLICY).cdn(Duration.ofMinutes(30), Cdn.surrogate(KEYS));
    Policy plain = Policy.ttl(Duration.ofHours(1));

    LayeredCache<String, String> stale =
        LayeredCache.named("stale").policy(POLICY).timekeeper(ticking).build(key -> "page");
    LayeredCache<String, String> none =
        LayeredCache.named("none").policy(plain).timekeeper(ticking).build(key -> "page");

    assertThat(headers(caching, stale.get("/home")))
        .containsEntry(
            "Surrogate-Control", "max-age=1800, stale-while-revalidate=60, stale-if-error=21600");
    assertThat(headers(caching, none.get("/home")))
        .containsEntry("Surrogate-Control", "max-age=1800");
  }

  /** A clock that never says the same twice. */
  private static final class Ticking implements Timekeeper {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return nanos.addAndGet(1_000_000);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return () -> false;
    }
  }

  @Test
  void answer_cdnWithoutFieldsOfItsOwn_isToldInCacheControl() {
    HttpCaching caching = HttpCaching.shared(POLICY).cdn(Duration.ofMinutes(30), Cdn.plain());
    Result<String> result = pages.get("/home");

    assertThat(headers(caching, result))
        .containsExactly(
            Map.entry("Cache-Control", "public, max-age=0, must-revalidate, s-maxage=1800"));
    assertThat(headers(caching.browser(Duration.ofSeconds(5)), result))
        .containsExactly(
            Map.entry("Cache-Control", "public, max-age=5, must-revalidate, s-maxage=1800"));
  }

  @Test
  void answer_moreNamesThanFit_isNotGivenToTheCdn() {
    HttpCaching caching =
        HttpCaching.shared(POLICY)
            .browser(Duration.ofSeconds(10))
            .cdn(Duration.ofMinutes(30), Cdn.surrogate(KEYS).atMost(30));

    assertThat(headers(caching, pages.get("/home")))
        .containsEntry("Surrogate-Control", "no-store")
        .doesNotContainKey("Surrogate-Key");
  }

  @Test
  void answer_absent_is404ForAsLongAsThatIsKnown() {
    source = key -> Loaded.absent();
    HttpCaching caching =
        HttpCaching.shared(POLICY)
            .browser(Duration.ofMinutes(5))
            .cdn(Duration.ofHours(1), Cdn.surrogate(KEYS));

    HttpAnswer answer = caching.answer("/none", pages.get("/none"), "*");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers())
        .containsExactly(
            Map.entry("Cache-Control", "public, max-age=30, must-revalidate"),
            Map.entry("Surrogate-Control", "max-age=30"),
            Map.entry("Surrogate-Key", "pages pages/k//none"));
  }

  @Test
  void answer_whatIsStoredNowhere_isKeptByNobody() {
    HttpCaching caching =
        HttpCaching.shared(POLICY)
            .browser(Duration.ofMinutes(5))
            .cdn(Duration.ofHours(1), Cdn.targeted(KEYS));
    Map<String, String> nothing =
        Map.of("Cache-Control", "no-store", "CDN-Cache-Control", "no-store");

    Result<String> bypassed = pages.get("/home", ReadOptions.bypass());
    source = key -> Loaded.of("page").validator("1").doNotStore();
    Result<String> unstored = pages.get("/unstored");
    source =
        key -> {
          pages.invalidate(key);
          return Loaded.of("page").validator("1");
        };
    Result<String> rejected = pages.get("/rejected");
    source =
        key -> {
          throw new IllegalStateException("down");
        };
    Result<String> failed = pages.get("/failed");

    assertThat(rejected.reason()).isEqualTo(Result.Reason.REJECTED);
    for (Result<String> result : java.util.List.of(bypassed, unstored, rejected)) {
      HttpAnswer answer = caching.answer("/x", result, "*");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsExactlyInAnyOrderEntriesOf(nothing);
    }
    assertThat(caching.answer("/x", failed, "*").status()).isEqualTo(503);
    assertThat(headers(caching, failed)).containsExactlyInAnyOrderEntriesOf(nothing);
  }

  @Test
  void answer_stale_isKeptToAskForAlone() {
    HttpCaching caching =
        HttpCaching.shared(POLICY)
            .browser(Duration.ofMinutes(5))
            .cdn(Duration.ofHours(1), Cdn.surrogate(KEYS));
    source = key -> Loaded.of("page").validator("1");
    pages.get("/home");
    source =
        key -> {
          throw new IllegalStateException("down");
        };
    time.advance(Duration.ofMinutes(90));
    Result<String> stale = pages.get("/home");

    assertThat(stale.source()).isEqualTo(Result.Source.STALE);
    assertThat(headers(caching, stale))
        .containsExactly(
            Map.entry("ETag", "W/\"1\""),
            Map.entry("Cache-Control", "public, no-cache"),
            Map.entry("Surrogate-Control", "no-store"));
  }

  @Test
  void answer_theClientHasIt_is304WithTheSameHeaders() {
    HttpCaching caching = HttpCaching.shared(POLICY).browser(Duration.ofSeconds(10));
    source = key -> Loaded.of("page").validator("\"v1\"");
    Result<String> result = pages.get("/home");

    HttpAnswer first = caching.answer("/home", result, null);
    HttpAnswer again = caching.answer("/home", result, first.headers().get("ETag"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.hasBody()).isTrue();
    assertThat(first.headers()).containsEntry("ETag", "W/\"v1\"");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.hasBody()).isFalse();
    assertThat(again.headers()).isEqualTo(first.headers());
    assertThat(caching.answer("/home", result, "\"v2\"").status()).isEqualTo(200);
    assertThat(caching.answer("/home", result, "*").status()).isEqualTo(304);
  }

  @Test
  void answer_etagOfTheBytes_isStrong() {
    HttpCaching caching = HttpCaching.shared(POLICY);
    ETag etag = ETag.of("page".getBytes(StandardCharsets.UTF_8));

    HttpAnswer answer = caching.answer("/home", pages.get("/home"), etag, null);

    // the first 16 bytes of what sha256sum says of "page"
    assertThat(answer.headers()).containsEntry("ETag", etag.toString());
    assertThat(etag).isEqualTo(ETag.of("page".getBytes(StandardCharsets.UTF_8)));
    assertThat(etag).isNotEqualTo(ETag.of("pages".getBytes(StandardCharsets.UTF_8)));
    assertThat(etag.toString()).matches("\"[A-Za-z0-9_-]{22}\"");
  }

  @Test
  void badInput_saysWhatToDo() {
    assertThatThrownBy(
            () -> HttpCaching.personal(POLICY).cdn(Duration.ofHours(1), Cdn.surrogate(KEYS)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HttpCaching.shared(policy)");
    assertThatThrownBy(() -> HttpCaching.shared(POLICY).browser(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A copy is kept for zero or more, not for PT-1S.");
    assertThatThrownBy(() -> Cdn.surrogate(KEYS).keysIn("Surrogate Key", " "))
        .hasMessage("'Surrogate Key' is no name of a response field.");
    assertThat(Cdn.surrogate(KEYS).keysIn("Surrogate-Key", ", ").separator()).isEqualTo(", ");
    for (String wrong : new String[] {",\r\n", " ,", ",  ", "\n", ""}) {
      assertThatThrownBy(() -> Cdn.surrogate(KEYS).keysIn("Surrogate-Key", wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Cdn.surrogate(KEYS).keysIn("Surrogate-Key", ";"))
        .hasMessage("Between surrogate keys is a space or a comma, not ';'.");
    assertThatThrownBy(() -> SurrogateKeys.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ETag("a\"b", false))
        .hasMessage("An ETag has no character U+0022. ETag.weak(text) makes one of any text.");
  }
}
