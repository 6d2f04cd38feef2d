package io.stateward.cache.http;

import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For how long browsers and CDNs may keep copies of what a cache has.
 *
 * <pre>{@code
 * HttpCaching pages = HttpCaching.shared(policy)
 *     .browser(Duration.ofSeconds(10))                              // old for so long, at most
 *     .cdn(Duration.ofHours(1), Cdn.surrogate(SurrogateKeys.of("pages")));
 * HttpAnswer answer = pages.answer(path, result, ETag.of(body), ifNoneMatch);
 * }</pre>
 *
 * <p>Nobody keeps a copy for longer than the value is fresh still. Within that, a browser keeps it
 * for as long as it was told, whatever is invalidated meanwhile: so that time is zero unless it is
 * given, and the browser asks each time, and is mostly told that nothing changed. A CDN can be told
 * to drop its copy, which {@link Purging} does: so its time may be long.
 *
 * <p>A value that is stale is kept only to ask whether it changed. A value that the cache does not
 * store, since it was invalidated while it was loaded or is being written, and a failure, are to be
 * kept by nobody. That there is no value may be kept as long as the cache knows it.
 *
 * <p>{@code Vary} is up to the host, and so is {@code Date}. There is no {@code Age}: what is left
 * of the freshness is what is said.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class HttpCaching {

  static final int OK = 200;
  static final int NOT_MODIFIED = 304;
  static final int NOT_FOUND = 404;
  static final int UNAVAILABLE = 503;

  private final Policy policy;
  private final boolean shared;
  private final Duration browser;
  private final Duration browserStale;
  private final Duration cdnTime;
  private final @Nullable Cdn cdn;

  private HttpCaching(
      Policy policy,
      boolean shared,
      Duration browser,
      Duration browserStale,
      Duration cdnTime,
      @Nullable Cdn cdn) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.shared = shared;
    this.browser = notNegative(browser);
    this.browserStale = notNegative(browserStale);
    this.cdnTime = notNegative(cdnTime);
    this.cdn = cdn;
  }

  private static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "A copy is kept for zero or more, not for %s.".formatted(time));
    }
    return time;
  }

  /**
   * Returns that of what everybody may see: {@code public}.
   *
   * @param policy that of the cache; says how long what is stale may be served
   * @return with nothing kept without asking, in browsers or CDNs, until they are given a time
   */
  public static HttpCaching shared(Policy policy) {
    return new HttpCaching(policy, true, Duration.ZERO, Duration.ZERO, Duration.ZERO, null);
  }

  /**
   * Returns that of what only one user may see: {@code private}.
   *
   * @param policy that of the cache; says how long what is stale may be served
   * @return with nothing kept without asking until browsers are given a time; CDNs keep nothing
   */
  public static HttpCaching personal(Policy policy) {
    return new HttpCaching(policy, false, Duration.ZERO, Duration.ZERO, Duration.ZERO, null);
  }

  /**
   * Lets browsers keep a copy without asking. Nobody can take it back.
   *
   * @param atMost for how long; whole seconds of it count
   * @return with that, and nothing stale
   * @throws IllegalArgumentException if it is negative
   */
  public HttpCaching browser(Duration atMost) {
    return browser(atMost, Duration.ZERO);
  }

  /**
   * Lets browsers keep a copy without asking, and use it for some time after that, while they ask,
   * or if the answer is an error (RFC 5861). Nobody can take it back.
   *
   * @param atMost for how long; whole seconds of it count
   * @param stale for how long after that, and no longer than the policy says
   * @return with that
   * @throws IllegalArgumentException if one is negative
   */
  public HttpCaching browser(Duration atMost, Duration stale) {
    return new HttpCaching(policy, shared, atMost, stale, cdnTime, cdn);
  }

  /**
   * Lets a CDN keep a copy, and use it for some time after that as the policy says.
   *
   * @param atMost for how long; whole seconds of it count
   * @param how how it is told so
   * @return with that
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if only one user may see it
   */
  public HttpCaching cdn(Duration atMost, Cdn how) {
    if (!shared) {
      throw new IllegalStateException(
          "A CDN keeps nothing that only one user may see. Use HttpCaching.shared(policy) for what everybody may.");
    }
    return new HttpCaching(
        policy, true, browser, browserStale, atMost, Objects.requireNonNull(how, "how"));
  }

  /**
   * Answers a GET or HEAD request, with the weak ETag of the result's validator if it has one.
   *
   * @param key the key as text, which the copy is dropped by
   * @param result what the cache has
   * @param ifNoneMatch the field of the request, several lines joined with commas; null if there is
   *     none
   * @return the status and the headers
   */
  public HttpAnswer answer(String key, Result<?> result, @Nullable String ifNoneMatch) {
    String validator = result.validator();
    return answer(key, result, validator == null ? null : ETag.weak(validator), ifNoneMatch);
  }

  /**
   * Answers a GET or HEAD request.
   *
   * @param key the key as text, which the copy is dropped by
   * @param result what the cache has
   * @param etag that of the representation; null for none
   * @param ifNoneMatch the field of the request, several lines joined with commas; null if there is
   *     none
   * @return the status and the headers
   */
  public HttpAnswer answer(
      String key, Result<?> result, @Nullable ETag etag, @Nullable String ifNoneMatch) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (result.failure() != null) {
      noStore(headers);
      return new HttpAnswer(UNAVAILABLE, headers);
    }
    boolean present = result.valueOrNull() != null;
    int status = present ? OK : NOT_FOUND;
    if (result.kept().isZero()) { // it is stored nowhere
      noStore(headers);
      return new HttpAnswer(status, headers);
    }
    if (etag != null && present) {
      headers.put("ETag", etag.toString());
    }
    new Lifetime(result).put(key, headers);
    boolean known = present && etag != null && etag.isIn(ifNoneMatch);
    return new HttpAnswer(known ? NOT_MODIFIED : status, headers);
  }

  private void noStore(Map<String, String> headers) {
    headers.put("Cache-Control", "no-store");
    String field = cdn == null ? null : cdn.controlField();
    if (field != null) {
      headers.put(field, "no-store");
    }
  }

  /** How long copies of one result may be kept. */
  private final class Lifetime {

    private final Result<?> result;
    private final Duration fresh;
    private final Duration revalidating; // after it was fresh
    private final Duration onError;

    Lifetime(Result<?> result) {
      Duration kept = result.kept(); // first, as time goes on: it is the longer one
      Duration left = result.fresh();
      Duration stale = kept.compareTo(left) < 0 ? Duration.ZERO : kept.minus(left);
      boolean present = result.valueOrNull() != null;
      this.result = result;
      this.fresh = left;
      this.revalidating = present ? least(policy.staleWhileRevalidate(), stale) : Duration.ZERO;
      this.onError = present ? least(policy.failSafe(), stale) : Duration.ZERO;
    }

    void put(String key, Map<String, String> headers) {
      Cdn how = cdn;
      if (how == null) {
        headers.put("Cache-Control", visibility() + forBrowsers("no-cache"));
        return;
      }
      SurrogateKeys keys = how.keys();
      String names = keys == null ? "" : how.namesOf(keys, key, result.tags());
      long kept = names == null ? 0 : least(cdnTime, fresh).toSeconds();
      String field = how.controlField();
      if (field == null) { // no-cache would be for the CDN as well
        String browsers = forBrowsers(kept == 0 ? "no-cache" : "max-age=0, must-revalidate");
        headers.put("Cache-Control", visibility() + browsers + ", s-maxage=" + kept);
      } else {
        headers.put("Cache-Control", visibility() + forBrowsers("no-cache"));
        headers.put(
            field, kept == 0 ? "no-store" : "max-age=" + kept + stale(revalidating, onError));
      }
      if (names != null && !names.isEmpty() && kept > 0) {
        headers.put(how.keysField(), names);
      }
    }

    private String visibility() {
      return shared ? "public, " : "private, ";
    }

    private String forBrowsers(String always) {
      long seconds = least(browser, fresh).toSeconds();
      if (seconds == 0) {
        return always; // it may be kept, and is asked for each time
      }
      String stale = stale(least(browserStale, revalidating), least(browserStale, onError));
      return "max-age=" + seconds + (stale.isEmpty() ? ", must-revalidate" : stale);
    }

    private String stale(Duration whileRevalidating, Duration ifError) {
      long first = whileRevalidating.toSeconds();
      long second = ifError.toSeconds();
      return (first == 0 ? "" : ", stale-while-revalidate=" + first)
          + (second == 0 ? "" : ", stale-if-error=" + second);
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
